import type { Policy } from '../credits/policy.ts'
import { spendKey } from '../credits/spending-order.ts'
import { accountKey } from '../ledger/account-key.ts'
import { putAccount } from '../ledger/accounts.ts'
import type { Book } from '../ledger/act.ts'
import { grant } from '../ledger/grant.ts'
import { setMemberUntil } from '../ledger/membership-period.ts'

const DAY_MS = 24 * 3600 * 1000
/** More than any run spends. */
const PLENTY = 1_000_000_000

/** The account names that loads use, each a member with a lot of every source of the policy. */
export async function openAccounts(
  book: Book,
  policy: Policy,
  prefix: string,
  count: number,
): Promise<string[]> {
  const names = Array.from({ length: count }, (_, number) => `${prefix}-${number}`)
  const waiting = names.values()
  const openNext = async () => {
    for (const name of waiting) await openAccount(book, policy, name)
  }
  await Promise.all(Array.from({ length: book.options.max }, openNext))
  return names
}

async function openAccount(book: Book, policy: Policy, name: string): Promise<void> {
  const at = new Date()
  const expires_at = new Date(at.getTime() + 30 * DAY_MS)
  const account_key = accountKey(policy.product, name)
  await putAccount(book, policy.product, name, {}, at)
  await setMemberUntil(book, { account_key, operation_key: 'member', at }, expires_at)
  for (const [source, { members_only }] of Object.entries(policy.sources)) {
    await grant(
      book,
      { account_key, operation_key: `grant/${source}`, at },
      {
        source,
        amount: PLENTY,
        expires_at,
        members_only,
        spend_key: spendKey(policy, source, expires_at),
        origin: { type: 'bench', id: source },
        reason: 'bench',
        terms: { policy_version: policy.version },
        stated_expiry: expires_at,
      },
    )
  }
}
