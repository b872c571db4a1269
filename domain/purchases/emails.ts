import { emailIfSent } from '../policy/emails/sending.ts'
import type { Policy } from '../policy/policy.ts'
import type { Purchase, PurchaseStep } from './purchase.ts'

/** The emails that a step of a purchase causes: the receipt of the payment, and news of credits that arrived late. */
export function purchaseEmails(
  policy: Policy,
  id: string,
  before: Purchase | null,
  { purchase, events }: PurchaseStep,
) {
  const isPaid = purchase.amount > 0 && events.some(({ what }) => what === 'paid')
  const { given } = purchase
  const isLate = given !== null && !before?.given && (given.how === 'reissued' || before?.state === 'delayed')
  return [
    ...(isPaid ? emailIfSent(policy, 'receipt', id) : []),
    ...(isLate ? emailIfSent(policy, 'credits_late', id) : []),
  ]
}
