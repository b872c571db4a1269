import type { Language } from '../../domain/shared/languages.ts'
import { invalidRequest, notFound, Refused } from '../../domain/shared/refusals.ts'
import { type Db, refuseDuplicate } from '../core/command.ts'
import { accountKey } from './account-key.ts'

export type Account = {
  account_key: string
  product: string
  account: string
  email: string | null
  time_zone: string
  /** of emails; null: the policy's */
  language: Language | null
  stripe_customer: string | null
  test_clock: string | null
  /** the time of the account's test clock; null in real time */
  clock_now: Date | null
  created_at: Date
  closed_at: Date | null
  member_until: Date | null
  /** the membership that began with the account's first trial */
  trial_membership: string | null
}

export type AccountFields = Partial<
  Pick<Account, 'email' | 'time_zone' | 'language' | 'stripe_customer' | 'test_clock'>
>

/** The columns of an Account, selected from accounts a and their test clocks c. */
export const accountColumns = `a.account_key, a.product, a.account, a.email, a.time_zone, a.language, a.stripe_customer, a.test_clock,
  c.now_at as clock_now, a.created_at, a.closed_at, a.member_until, a.trial_membership`

export const selectAccounts = `select ${accountColumns} from accounts a left join test_clocks c on c.id = a.test_clock`

/** An account of a product, or null. A closed account no longer stores its name, so the result has the caller's. */
export async function findAccount(db: Db, product: string, account: string): Promise<Account | null> {
  const found = await findByKey(db, accountKey(product, account))
  return found && { ...found, account }
}

/** @throws Refused not_found */
export async function loadAccount(db: Db, product: string, account: string): Promise<Account> {
  const found = await findAccount(db, product, account)
  if (found) return found
  throw notFound('account')
}

/** @throws Refused not_found */
export async function loadAccountByKey(db: Db, account_key: string): Promise<Account> {
  const found = await findByKey(db, account_key)
  if (found) return found
  throw notFound('account')
}

async function findByKey(db: Db, account_key: string): Promise<Account | null> {
  const { rows } = await db.query<Account>({
    name: 'find_account',
    text: `${selectAccounts} where a.account_key = $1`,
    values: [account_key],
  })
  return rows[0] ?? null
}

/** The account's current time: its test clock's, or real time. */
export function timeOf(account: Pick<Account, 'clock_now'>, realNow: Date): Date {
  return account.clock_now ?? realNow
}

/**
 * Creates an account, or updates the given fields. Concurrent creates both succeed.
 * @throws Refused account_closed; invalid_request if another account has the Stripe customer, or if an existing account
 *   would change its test clock, since its time would jump
 */
export async function putAccount(
  db: Db,
  product: string,
  account: string,
  fields: AccountFields,
  realNow: Date,
): Promise<{ account: Account; created: boolean }> {
  const key = accountKey(product, account)
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  const written = db.query<{ created: boolean }>(
    `with clock as (select now_at from test_clocks where id = $5 and product = $2)
     insert into accounts (account_key, product, account, email, test_clock, stripe_customer, time_zone, language, created_at, head)
     values ($1::uuid, $2, $3, $4, $5, $6, coalesce($7, 'UTC'), $10, coalesce((select now_at from clock), $8),
             sha256(convert_to($1::text, 'UTF8')))
     on conflict (account_key) do update set
       email = case when $9 ? 'email' then excluded.email else accounts.email end,
       time_zone = case when $9 ? 'time_zone' then excluded.time_zone else accounts.time_zone end,
       language = case when $9 ? 'language' then excluded.language else accounts.language end,
       stripe_customer =
         case when $9 ? 'stripe_customer' then excluded.stripe_customer else accounts.stripe_customer end
     where accounts.closed_at is null
       and (not $9 ? 'test_clock' or accounts.test_clock is not distinct from excluded.test_clock)
     returning not exists (select from accounts where account_key = $1::uuid) as created`,
    [
      key,
      product,
      account,
      fields.email ?? null,
      fields.test_clock ?? null,
      fields.stripe_customer ?? null,
      fields.time_zone ?? null,
      realNow,
      JSON.stringify(Object.fromEntries(given)),
      fields.language ?? null,
    ],
  )
  const { rows } = await written.catch(
    refuseDuplicate('accounts_by_stripe_customer', 'stripe_customer', 'belongs to another account'),
  )
  const stored = await loadAccount(db, product, account)
  if (rows[0]) return { account: stored, created: rows[0].created }
  if (stored.closed_at) throw new Refused({ code: 'account_closed' })
  throw invalidRequest('test_clock', 'cannot be changed after the account is created')
}

/** A text per account that changes whenever its ledger, memberships, purchases or clock change. */
export async function readRevisions(db: Db, account_keys: string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ account_key: string; revision: string }>({
    name: 'read_revisions',
    text: `select a.account_key, concat_ws(' ', a.last_entry, a.held, a.member_until, a.closed_at, c.now_at,
        (select sum(revision) from memberships m where m.account_key = a.account_key),
        (select sum(revision) from purchases p where p.account_key = a.account_key)) as revision
      from accounts a left join test_clocks c on c.id = a.test_clock where a.account_key = any($1)`,
    values: [account_keys],
  })
  return new Map(rows.map(({ account_key, revision }) => [account_key, revision]))
}
