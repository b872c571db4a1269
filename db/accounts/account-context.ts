import type { Membership } from '../../domain/memberships/membership.ts'
import type { SpecialLimits, Standing } from '../../domain/policy/entitlements.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { readTogether } from '../core/batched-read.ts'
import type { Db } from '../core/command.ts'
import type { Balance } from '../ledger/balance.ts'
import { type KnownReservation, reserveKey } from '../ledger/holds/reserve.ts'
import { accountKey } from './account-key.ts'
import { type Account, accountColumns, timeOf } from './accounts.ts'

/** An account, its present time, and what its plans and limits are decided by. */
export type AccountStanding = {
  account: Account
  at: Date
  standing: Standing
  /** generations that are reserved and not settled */
  under_way: number
}

/** The account of a product with its memberships and what support set for it. @throws Refused not_found */
export async function loadStanding(
  db: Db,
  product: string,
  name: string,
  realNow: Date,
): Promise<AccountStanding> {
  const row = await standings(db, accountKey(product, name))
  if (!row) throw noAccount()
  return standingOf(row, name, realNow)
}

/** The same, and what the account has now, as both are at one moment. @throws Refused not_found */
export async function loadStandingAndBalance(
  db: Db,
  product: string,
  name: string,
  realNow: Date,
): Promise<AccountStanding & { current: Balance }> {
  const row = await standingsAndBalances(db, accountKey(product, name), realNow)
  if (!row) throw noAccount()
  const { balance: current, at: _, place: __, ...standing } = row
  return { ...standingOf(standing, name, realNow), current }
}

/**
 * The same, and what is known of a reservation; null when it was never made, or was undone. All of it in one statement:
 * between two of them it may be undone, and would seem to be made and settled.
 * @throws Refused not_found
 */
export async function loadStandingAndReservation(
  db: Db,
  product: string,
  name: string,
  generation: string,
  realNow: Date,
): Promise<AccountStanding & { known: KnownReservation | null }> {
  const row = await standingsAndReservations(
    db,
    accountKey(product, name),
    reserveKey(generation),
    generation,
  )
  if (!row) throw noAccount()
  const { known, ...standing } = row
  return { ...standingOf(standing, name, realNow), known }
}

type StandingRow = Account & { special: SpecialLimits; under_way: number; memberships: Membership[] }

function standingOf(
  { special, under_way, memberships, ...others }: StandingRow,
  name: string,
  realNow: Date,
): AccountStanding {
  const account = { ...others, account: name }
  const at = timeOf(account, realNow)
  const member_until = account.member_until?.toISOString() ?? null
  return { account, at, under_way, standing: { now: at.toISOString(), memberships, member_until, special } }
}

function noAccount(): Refused {
  return new Refused({ code: 'not_found', detail: 'There is no such account.' })
}

const standingColumns = `${accountColumns}, a.special, a.under_way,
  array(select m.status from memberships m where m.account_key = a.account_key) as memberships`

const standings = readTogether<[account_key: string], StandingRow>({
  name: 'standings',
  text: `select n, ${standingColumns} from unnest($1::uuid[]) with ordinality asked(account_key, n)
    join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`,
})

const standingsAndReservations = readTogether<
  [account_key: string, operation_key: string, generation: string],
  StandingRow & { known: KnownReservation | null }
>({
  name: 'standings_and_reservations',
  text: `select n, ${standingColumns},
      (select jsonb_build_object('fingerprint', o.fingerprint, 'result', o.result, 'state', h.state)
       from operations o join holds h using (account_key)
       where o.account_key = a.account_key and o.operation_key = asked.operation_key
         and h.generation = asked.generation) as known
    from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality asked(account_key, operation_key, generation, n)
    join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`,
})

const standingsAndBalances = readTogether<
  [account_key: string, realNow: Date],
  StandingRow & { at: Date; place: number; balance: Balance }
>({
  name: 'standings_and_balances',
  text: `with found as (
      select n, row_number() over (order by n) as place, coalesce(c.now_at, asked.now) as at, ${standingColumns}
      from unnest($1::uuid[], $2::timestamptz[]) with ordinality asked(account_key, now, n)
      join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
    ), present as (
      select array_agg(account_key order by n) as accounts, array_agg(at order by n) as ats, array_agg(false) as past
      from found
    )
    select f.*, b.balance from found f, present p, balances(p.accounts, p.ats, p.past) b where b.n = f.place`,
})

/**
 * Sets what goes before the policy's limits for one account; null takes it back, what is left out stays.
 * @param operation_key under which the book remembers that it was done
 */
export async function setSpecialLimits(
  db: Db,
  account_key: string,
  changes: { [K in keyof SpecialLimits]: SpecialLimits[K] | null | undefined },
  operation_key: string,
): Promise<SpecialLimits> {
  const { rows } = await db.query<{ special: SpecialLimits }>(
    `with changed as (
       update accounts set special = jsonb_strip_nulls(special || $2)
       where account_key = $1 and closed_at is null returning special
     ), remembered as (
       insert into operations (account_key, operation_key, fingerprint, result)
       select $1, $3, $3, special from changed on conflict do nothing
     )
     select special from changed`,
    [account_key, JSON.stringify(changes), operation_key],
  )
  if (!rows[0]) throw new Refused({ code: 'account_closed' })
  return rows[0].special
}
