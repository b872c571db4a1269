import { emailIfSent } from '../policy/emails/sending.ts'
import type { Policy } from '../policy/policy.ts'
import type { Purchase, PurchaseStep } from './purchase.ts'

/** The emails that a step of a purchase causes: the receipt, a missed deadline for a transfer, and credits that arrived late. */
export function purchaseEmails(
  policy: Policy,
  id: string,
  before: Purchase | null,
  { purchase, events }: PurchaseStep,
) {
  const isPaid = purchase.amount > 0 && events.some(({ what }) => what === 'paid')
  const { given, provider } = purchase
  const isExpired = provider === 'bank_transfer' && events.some(({ what }) => what === 'expired')
  const isLate = given !== null && !before?.given && (given.how === 'reissued' || before?.state === 'delayed')
  return [
    ...(isPaid ? emailIfSent(policy, 'receipt', id) : []),
    ...(isExpired ? emailIfSent(policy, 'transfer_expired', id) : []),
    ...(isLate ? emailIfSent(policy, 'credits_late', id) : []),
  ]
}
