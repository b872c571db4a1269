import { accountKey } from '../../db/accounts/account-key.ts'
import { putAccount } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { grant } from '../../db/ledger/lots/grant.ts'
import { setMemberUntil } from '../../db/memberships/period.ts'
import { spendKey } from '../../domain/lots/spending-order.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { runConcurrently } from '../measure/load.ts'

const DAY_MS = 24 * 3600 * 1000
/** More credits than a run spends. */
const LOT_AMOUNT = 1_000_000_000

/** Creates accounts, each a member with one lot per source of the policy. @returns their names */
export async function createAccounts(db: Db, policy: Policy, prefix: string, count: number): Promise<string[]> {
  return runConcurrently(count, db.options.max, async number => {
    const account = `${prefix}-${number}`
    await createAccount(db, policy, account)
    return account
  })
}

/** Adds lots of one source to an account, each with its own expiry. */
export async function grantLots(db: Db, policy: Policy, account: string, count: number): Promise<void> {
  const [source] = Object.keys(policy.sources)
  if (!source) throw new Error('The policy has no source of credits.')
  const at = new Date()
  await runConcurrently(count, db.options.max, index => {
    const number = index + 1
    const expires_at = new Date(at.getTime() + DAY_MS + number)
    return grantLot(db, policy, account, { source, at, expires_at, number })
  })
}

async function createAccount(db: Db, policy: Policy, account: string): Promise<void> {
  const at = new Date()
  const expires_at = new Date(at.getTime() + 30 * DAY_MS)
  const account_key = accountKey(policy.product, account)
  await putAccount(db, policy.product, account, {}, at)
  await setMemberUntil(db, { account_key, operation_key: 'member', at }, expires_at)
  for (const source of Object.keys(policy.sources))
    await grantLot(db, policy, account, { source, at, expires_at, number: 0 })
}

async function grantLot(
  db: Db,
  policy: Policy,
  account: string,
  { source, at, expires_at, number }: { source: string; at: Date; expires_at: Date; number: number },
): Promise<void> {
  await grant(
    db,
    { account_key: accountKey(policy.product, account), operation_key: `grant/${source}/${number}`, at },
    {
      source,
      amount: LOT_AMOUNT,
      expires_at,
      members_only: policy.sources[source]?.members_only ?? false,
      spend_key: spendKey(policy, source, expires_at),
      origin: { type: 'bench', id: source },
      reason: 'bench',
      terms: { policy_version: policy.version },
      stated_expiry: expires_at,
    },
  )
}
