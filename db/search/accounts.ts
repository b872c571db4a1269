import type { Db } from '../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../core/page.ts'
import { matching, prefixEnd } from './prefix.ts'

/** Which accounts of a product to list; all that are given must hold. */
export type AccountFilter = {
  /** the beginning of the address, whatever the case */
  email?: string | undefined
  /** the beginning of the name */
  account?: string | undefined
  status?: 'open' | 'closed' | undefined
  member?: boolean | undefined
  /** the plan of a membership that has not ended */
  plan?: string | undefined
  needs_attention?: boolean | undefined
}

/** An account in a list, with its credits. */
export type ListedAccount = {
  account: string
  email: string | null
  created_at: string
  closed_at: string | null
  member: boolean
  /** of its memberships that have not ended */
  plans: string[]
  available: number
  held: number
  frozen: number
  debt: number
  needs_attention: boolean
}

const cursorPattern = /^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?<id>[0-9a-f-]{36})$/

const AT = 'coalesce(c.now_at, $2)'
const IS_MEMBER = `coalesce(a.member_until > ${AT}, false)`
const NEEDS_ATTENTION = `a.account_key in (
  select account_key from attention where product = $1 and account_key is not null
  union all select account_key from approvals where product = $1 and approved_by is null)`
const WITH_PLAN = (plan: string) => `a.account_key in (
  select account_key from memberships m where m.product = $1 and m.status->>'plan' = ${plan} and m.status->>'state' <> 'ended')`

/**
 * Lists accounts, newest first. The statement has only the conditions of the given filters, so that each filter reads its index.
 * @param now real time; accounts on a test clock have their own
 */
export async function listAccounts(
  db: Db,
  product: string,
  filter: AccountFilter,
  { limit, cursor }: PageRequest,
  now: Date,
): Promise<Page<ListedAccount>> {
  const after = decodeCursor(cursor, cursorPattern)
  const values: unknown[] = [product, now]
  const value = (given: unknown) => `$${values.push(given)}`
  const prefixes = [...prefixesOf(filter, value)]
  const conditions = [...conditionsOf(filter, value)]
  if (after.time) conditions.push(`(a.created_at, a.account_key) < (${value(after.time)}, ${value(after.id)})`)
  const { rows } = await db.query<ListedAccount & { position: string }>(
    `with chosen as materialized (
       select a.*, ${AT} as at, ${IS_MEMBER} as is_member
       from ${sourceOf(prefixes)} a left join test_clocks c on c.id = a.test_clock
       where ${['a.product = $1', ...conditions].join(' and ')}
       order by a.created_at desc, a.account_key desc limit ${value(limit + 1)})
     select a.account, a.email, iso(a.created_at) as created_at, iso(a.closed_at) as closed_at, a.is_member as member,
       array(select m.status->>'plan' from memberships m
         where m.account_key = a.account_key and m.status->>'state' <> 'ended' order by m.membership) as plans,
       (t->>'available')::bigint as available, (t->>'held')::bigint as held, (t->>'frozen')::bigint as frozen, a.debt,
       ${NEEDS_ATTENTION} as needs_attention,
       to_char(a.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || a.account_key as position
     from chosen a, accounts whole, lateral totals(whole, a.at) t where whole.account_key = a.account_key
     order by a.created_at desc, a.account_key desc`,
    values,
  )
  const { data, next_cursor } = toPage(rows, limit, last => encodeCursor(last.position))
  return { data: data.map(({ position: _, ...row }) => row), next_cursor }
}

/** offset 0: PostgreSQL cannot know how few accounts begin with a text, and would look for them from the newest on. */
function sourceOf(prefixes: string[]): string {
  if (prefixes.length === 0) return 'accounts'
  return `(select * from accounts where ${['product = $1', ...prefixes].join(' and ')} offset 0)`
}

function* prefixesOf({ email, account }: AccountFilter, value: (given: unknown) => string): Generator<string> {
  if (email !== undefined) {
    const lower = email.toLowerCase()
    yield `email is not null and ${matching('lower(email)', value(lower), value(prefixEnd(lower)))}`
  }
  if (account !== undefined) yield matching('account', value(account), value(prefixEnd(account)))
}

function* conditionsOf(
  { status, member, plan, needs_attention }: AccountFilter,
  value: (given: unknown) => string,
): Generator<string> {
  if (status !== undefined) yield `a.closed_at is ${status === 'open' ? 'null' : 'not null'}`
  // The first condition lets PostgreSQL use the index of accounts that have been members.
  if (member !== undefined) yield member ? `a.member_until is not null and ${IS_MEMBER}` : `not ${IS_MEMBER}`
  if (plan !== undefined) yield WITH_PLAN(value(plan))
  if (needs_attention !== undefined) yield needs_attention ? NEEDS_ATTENTION : `not (${NEEDS_ATTENTION})`
}
