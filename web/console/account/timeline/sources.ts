import type { Account, Answer, Item } from '@lotkeeper/client'
import { type Format, humanize } from '../../../shared/format.ts'
import type { Calls } from '../../api/calls.ts'
import { withCurrency } from '../../parts/events.tsx'
import { texts } from '../../texts/index.ts'
import type { Happening, Kind } from './happening.ts'

const t = texts.account

type Page = { happenings: Happening[]; next: string | null }

/** Reads one kind of happenings, newest first, page by page. */
export type Source = (cursor: string | null) => Promise<Page>

const LIMIT = 50

/** All that is known of what happened to an account. What support did, and the e-mails, need the role support. */
export function sourcesOf(calls: Calls, account: Account, f: Format): Record<Kind, Source> {
  const { account: name } = account
  const page = (cursor: string | null) => ({
    params: { path: { account: name }, query: { limit: LIMIT, ...(cursor !== null && { cursor }) } },
  })
  return {
    async ledger(cursor) {
      const { params } = page(cursor)
      const query = { ...params.query, without_generations: 'true' as const }
      const found = await calls.get('/v1/accounts/{account}/entries', { params: { ...params, query } })
      if (Array.isArray(found)) throw new Error('the export was not asked for')
      return { happenings: found.data.map(entry => fromEntry(entry, f)), next: found.next_cursor }
    },
    async purchase(cursor) {
      const query = { account: name, limit: LIMIT, ...(cursor !== null && { cursor }) }
      const found = await calls.get('/v1/purchases', { params: { query } })
      const happenings = found.data.flatMap(purchase =>
        events('purchase', purchase.id, purchase.pack, withCurrency(purchase)),
      )
      return { happenings, next: found.next_cursor }
    },
    async membership() {
      const happenings = account.memberships.flatMap(({ id, plan, history }) => events('membership', id, plan, history))
      return { happenings, next: null }
    },
    async generation(cursor) {
      const found = await calls.get('/v1/accounts/{account}/generations', page(cursor))
      return { happenings: found.data.map(fromGeneration), next: found.next_cursor }
    },
    async support(cursor) {
      const found = await calls.get('/v1/accounts/{account}/activity', page(cursor))
      return { happenings: found.data.map(fromActivity), next: found.next_cursor }
    },
    async email(cursor) {
      const found = await calls.get('/v1/accounts/{account}/emails', page(cursor))
      return { happenings: found.data.map(fromEmail), next: found.next_cursor }
    },
  }
}

type Entry = Extract<Answer<'get', '/v1/accounts/{account}/entries'>, { data: unknown }>['data'][number]

function fromEntry({ id, at, from, to, amount, reason, source, balance_after }: Entry, f: Format): Happening {
  return {
    key: `entry-${id}`,
    at,
    kind: 'ledger',
    title: `${humanize(source)}: ${humanize(from)} → ${humanize(to)}`,
    reason: humanize(reason),
    detail: { balance: f.number(balance_after) },
    amount: to === 'available' ? amount : from === 'available' ? -amount : null,
    to: null,
  }
}

type Event = { at: string; what: string; detail: object | null }

function events(kind: 'purchase' | 'membership', id: string, name: string, list: Event[]): Happening[] {
  return list.map(({ at, what, detail }, index) => ({
    key: `${id}-${index}`,
    at,
    kind,
    title: `${humanize(name)}: ${humanize(what)}`,
    reason: reasonIn(detail),
    detail,
    amount: null,
    to: [`${kind}s`, id],
  }))
}

function reasonIn(detail: object | null): string | null {
  const reason = (detail as { reason?: unknown } | null)?.reason
  return typeof reason === 'string' ? reason : null
}

function fromGeneration({
  id,
  reserved_at,
  operation,
  outputs,
  state,
  spent,
  refusal,
}: Item<'/v1/accounts/{account}/generations'>): Happening {
  return {
    key: id,
    at: reserved_at,
    kind: 'generation',
    title: `${humanize(operation)} × ${outputs}: ${humanize(state)}`,
    reason: refusal && humanize(refusal.code),
    detail: null,
    amount: spent > 0 ? -spent : null,
    to: ['generations', id],
  }
}

function fromActivity({
  id,
  at,
  actor,
  action,
  reason,
  detail,
  done,
}: Item<'/v1/accounts/{account}/activity'>): Happening {
  return {
    key: `activity-${id}`,
    at,
    kind: 'support',
    title: `${humanize(action)} ${t.by(actor)}${done ? '' : ` (${t.not_done})`}`,
    reason,
    detail,
    amount: null,
    to: null,
  }
}

function fromEmail({ id, at, kind, about, state, outcome }: Item<'/v1/accounts/{account}/emails'>): Happening {
  return {
    key: `email-${id}`,
    at,
    kind: 'email',
    title: `${t.emailed(humanize(kind))}: ${humanize(state)}`,
    reason: outcome,
    detail: { about },
    amount: null,
    to: null,
  }
}
