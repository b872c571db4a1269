import { z } from 'zod'
import { loadAccount, timeOf } from '../../../db/accounts/accounts.ts'
import { countAttention, listAttention } from '../../../db/attention/list.ts'
import { type AttentionItem, type AttentionKind, attentionKinds } from '../../../domain/attention/kinds.ts'
import { waysOut } from '../../../domain/attention/ways-out.ts'
import { route } from '../../http/route.ts'
import { accountName, listOf, named, page, time } from '../../http/shapes.ts'

const kind = z.enum(Object.keys(attentionKinds) as [AttentionKind, ...AttentionKind[]])

const itemShape = named('AttentionItem', {
  id: z.string(),
  kind,
  title: z.string(),
  reason: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  account: z.string().nullable(),
  since: time,
  due_at: time,
  amount: z.int().nullable(),
  currency: z.string().nullable(),
  actions: z.array(
    z.object({
      name: z.string(),
      method: z.enum(['POST', 'PUT']),
      path: z.string(),
      body: z.record(z.string(), z.unknown()),
    }),
  ),
})

const listShape = listOf(itemShape).extend({
  counts: z.record(z.string(), z.int()),
  overdue: z.int(),
})

export const attentionRoute = route('get /v1/attention', {
  operationId: 'listAttention',
  scope: 'read',
  summary: 'List what needs a person, earliest due time first',
  query: page.extend({ kind: kind.optional(), account: accountName.optional() }),
  responses: { 200: listShape },
  async handler({ app, caller, policy, query }) {
    const { product } = caller
    const account = query.account ? await loadAccount(app.db, product, query.account) : undefined
    const promises = { [product]: policy.attention }
    const filter = { kind: query.kind, account_key: account?.account_key }
    const [found, counted] = await Promise.all([
      listAttention(app.db, promises, filter, query),
      countAttention(app.db, promises, account?.account_key, app.now()),
    ])
    const body = {
      data: found.data.map(showItem),
      next_cursor: found.next_cursor,
      counts: Object.fromEntries(counted.map(({ kind, count }) => [kind, count])),
      overdue: counted.reduce((sum, { overdue }) => sum + overdue, 0),
    }
    return { body, ...(account && { account: { ...account, at: timeOf(account, app.now()) } }) }
  },
})

function showItem(item: AttentionItem): z.infer<typeof itemShape> {
  const { product: _, detail: reason, ...shown } = item
  return { ...shown, title: attentionKinds[item.kind], reason, actions: waysOut(item) }
}
