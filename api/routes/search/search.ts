import { z } from 'zod'
import { clues, type Match, search } from '../../../db/search/search.ts'
import { hashOfCode, readCode } from '../../../domain/codes/codes.ts'
import { route } from '../../http/route.ts'
import { listOf, named, time } from '../../http/shapes.ts'

const resultShape = named('SearchResult', {
  kind: z.enum(['account', 'purchase', 'membership', 'generation', 'payment']),
  account: z.string().nullable(),
  id: z.string(),
  title: z.string(),
  when: time,
  matched: z.enum(clues),
  exact: z.boolean(),
  link: z.string(),
})

export const searchRoute = route('get /v1/search', {
  operationId: 'listSearchResults',
  scope: 'support',
  summary: 'Find an account, purchase, membership, generation or payment by what a customer says',
  query: z.object({
    q: z.string().trim().min(1).max(200),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  responses: { 200: listOf(resultShape) },
  async handler({ app, caller, query: { q, limit } }) {
    const code = readCode(q)
    const found = await search(app.db, caller.product, { text: q, code: code && hashOfCode(code) }, limit)
    return { body: { data: found.map(show), next_cursor: null } }
  },
})

function show(match: Match): z.infer<typeof resultShape> {
  const { kind, account, by: matched, exact, when, name, state } = match
  const id = kind === 'account' ? (account ?? match.id) : match.id
  const title = [name, state].filter(Boolean).join(', ')
  return { kind, account, id, title, when, matched, exact, link: linkTo(kind, id) }
}

const COLLECTIONS: Record<Match['kind'], string> = {
  account: 'accounts',
  purchase: 'purchases',
  membership: 'memberships',
  generation: 'generations',
  payment: 'unassigned-payments',
}

/** The API's path of a thing; unassigned payments have a list only. */
function linkTo(kind: Match['kind'], id: string): string {
  const collection = `/v1/${COLLECTIONS[kind]}`
  return kind === 'payment' ? collection : `${collection}/${encodeURIComponent(id)}`
}
