import { accountKey } from '../../db/accounts/account-key.ts'
import { putAccount } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { grant } from '../../db/ledger/lots/grant.ts'
import { setMemberUntil } from '../../db/memberships/period.ts'
import { spendKey } from '../../domain/generations/spending-order.ts'
import type { Policy } from '../../domain/policy/policy.ts'

const DAY_MS = 24 * 3600 * 1000
/** More than any run spends. */
const PLENTY = 1_000_000_000

/** The account names that loads use, each a member with a lot of every source of the policy. */
export async function openAccounts(db: Db, policy: Policy, prefix: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, number) => `${prefix}-${number}`)
  await together(db, names, name => openAccount(db, policy, name))
  return names
}

/** So many lots more for an account, one expiring after the other. */
export async function giveLots(db: Db, policy: Policy, name: string, count: number): Promise<void> {
  const [source] = Object.keys(policy.sources)
  if (!source) throw new Error('the policy has no source of credits')
  const at = new Date()
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  await together(db, numbers, number =>
    giveLot(db, policy, name, { source, at, expires_at: new Date(at.getTime() + DAY_MS + number), number }),
  )
}

async function openAccount(db: Db, policy: Policy, name: string): Promise<void> {
  const at = new Date()
  const expires_at = new Date(at.getTime() + 30 * DAY_MS)
  const account_key = accountKey(policy.product, name)
  await putAccount(db, policy.product, name, {}, at)
  await setMemberUntil(db, { account_key, operation_key: 'member', at }, expires_at)
  for (const source of Object.keys(policy.sources))
    await giveLot(db, policy, name, { source, at, expires_at, number: 0 })
}

async function giveLot(
  db: Db,
  policy: Policy,
  name: string,
  lot: { source: string; at: Date; expires_at: Date; number: number },
): Promise<void> {
  const { source, at, expires_at, number } = lot
  await grant(
    db,
    { account_key: accountKey(policy.product, name), operation_key: `grant/${source}/${number}`, at },
    {
      source,
      amount: PLENTY,
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

/** As many at a time as the book has connections. */
async function together<T>(db: Db, things: T[], work: (thing: T) => Promise<void>): Promise<void> {
  const waiting = things.values()
  const next = async () => {
    for (const thing of waiting) await work(thing)
  }
  await Promise.all(Array.from({ length: db.options.max }, next))
}
