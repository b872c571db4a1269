import type { Membership } from '../../domain/memberships/membership.ts'
import type { EntitlementContext, LimitOverrides } from '../../domain/policy/entitlements.ts'
import { notFound, Refused } from '../../domain/shared/refusals.ts'
import { batchedRead } from '../core/batcher.ts'
import type { Db } from '../core/command.ts'
import type { Balance } from '../ledger/balance.ts'
import { type KnownReservation, reserveKey } from '../ledger/holds/reserve.ts'
import { accountKey } from './account-key.ts'
import { type Account, accountColumns, timeOf } from './accounts.ts'

/** An account, its current time, and the input for its entitlements. */
export type AccountContext = {
  account: Account
  at: Date
  entitlementContext: EntitlementContext
  /** reserved generations */
  open_holds: number
}

/** @throws Refused not_found */
export async function loadAccountContext(
  db: Db,
  product: string,
  name: string,
  realNow: Date,
): Promise<AccountContext> {
  const row = await contexts(db, accountKey(product, name))
  if (!row) throw notFound('account')
  return toContext(row, name, realNow)
}

/** Loads the context and the balance at the same moment. @throws Refused not_found */
export async function loadContextAndBalance(
  db: Db,
  product: string,
  name: string,
  realNow: Date,
): Promise<AccountContext & { current: Balance }> {
  const row = await contextsAndBalances(db, accountKey(product, name), realNow)
  if (!row) throw notFound('account')
  const { balance: current, at: _, place: __, ...others } = row
  return { ...toContext(others, name, realNow), current }
}

/**
 * Loads the context and a reservation, null if it was never made or was rolled back. One statement reads both the result
 * and the hold, because a rollback between two would look like a settled reservation.
 * @throws Refused not_found
 */
export async function loadContextAndReservation(
  db: Db,
  product: string,
  name: string,
  generation: string,
  realNow: Date,
): Promise<AccountContext & { known: KnownReservation | null }> {
  const row = await contextsAndReservations(db, accountKey(product, name), reserveKey(generation), generation)
  if (!row) throw notFound('account')
  const { known, ...others } = row
  return { ...toContext(others, name, realNow), known }
}

type ContextRow = Account & {
  limit_overrides: LimitOverrides
  open_holds: number
  memberships: Membership[]
  paid_operations: string[]
}

function toContext(
  { limit_overrides, open_holds, memberships, paid_operations, ...others }: ContextRow,
  name: string,
  realNow: Date,
): AccountContext {
  const account = { ...others, account: name }
  const at = timeOf(account, realNow)
  const member_until = account.member_until?.toISOString() ?? null
  return {
    account,
    at,
    open_holds,
    entitlementContext: { now: at.toISOString(), memberships, member_until, limit_overrides, paid_operations },
  }
}

const contextColumns = `${accountColumns}, a.limit_overrides, a.open_holds,
  array(select m.status from memberships m where m.account_key = a.account_key) as memberships,
  case when a.trial_membership is not null and not exists (
    select from memberships m where m.account_key = a.account_key and (m.status->>'grants')::integer > 0
  ) then array(
    select distinct h.operation from holds h
    where h.account_key = a.account_key and h.cost > 0 and (h.state = 'reserved' or h.spent > 0)
  ) else '{}' end as paid_operations`

const contexts = batchedRead<[account_key: string], ContextRow>({
  name: 'account_contexts',
  text: `select n, ${contextColumns} from unnest($1::uuid[]) with ordinality asked(account_key, n)
    join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`,
})

const contextsAndReservations = batchedRead<
  [account_key: string, operation_key: string, generation: string],
  ContextRow & { known: KnownReservation | null }
>({
  name: 'contexts_and_reservations',
  text: `select n, ${contextColumns},
      (select jsonb_build_object('fingerprint', o.fingerprint, 'result', o.result, 'state', h.state)
       from idempotency_records o join holds h using (account_key)
       where o.account_key = a.account_key and o.operation_key = asked.operation_key
         and h.generation = asked.generation) as known
    from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality asked(account_key, operation_key, generation, n)
    join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`,
})

const contextsAndBalances = batchedRead<
  [account_key: string, realNow: Date],
  ContextRow & { at: Date; place: number; balance: Balance }
>({
  name: 'contexts_and_balances',
  text: `with found as (
      select n, row_number() over (order by n) as place, coalesce(c.now_at, asked.now) as at, ${contextColumns}
      from unnest($1::uuid[], $2::timestamptz[]) with ordinality asked(account_key, now, n)
      join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
    ), present as (
      select array_agg(account_key order by n) as accounts, array_agg(at order by n) as ats, array_agg(false) as past
      from found
    )
    select f.*, b.balance from found f, present p, balances(p.accounts, p.ats, p.past) b where b.n = f.place`,
})

/**
 * Sets an account's overrides of the policy's limits; null removes one, an absent one stays.
 * @param operation_key idempotency key of the change
 */
export async function setLimitOverrides(
  db: Db,
  account_key: string,
  changes: { [K in keyof LimitOverrides]: LimitOverrides[K] | null | undefined },
  operation_key: string,
): Promise<LimitOverrides> {
  const { rows } = await db.query<{ limit_overrides: LimitOverrides }>(
    `with changed as (
       update accounts set limit_overrides = jsonb_strip_nulls(limit_overrides || $2)
       where account_key = $1 and closed_at is null returning limit_overrides
     ), remembered as (
       insert into idempotency_records (account_key, operation_key, fingerprint, result)
       select $1, $3, $3, limit_overrides from changed on conflict do nothing
     )
     select limit_overrides from changed`,
    [account_key, JSON.stringify(changes), operation_key],
  )
  if (!rows[0]) throw new Refused({ code: 'account_closed' })
  return rows[0].limit_overrides
}
