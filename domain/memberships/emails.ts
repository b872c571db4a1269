import { emailIfSent } from '../policy/emails/sending.ts'
import type { Policy } from '../policy/policy.ts'
import { coveredUntil, type Membership, type Step } from './membership.ts'

/** The emails that a step of a membership causes: one for each payment that stays due for a while. */
export function membershipEmails(
  policy: Policy,
  id: string,
  { membership, events }: Pick<Step, 'membership' | 'events'>,
) {
  const isDue = membership.state === 'past_due' && events.some(({ what }) => what === 'past_due')
  if (!isDue) return []
  const [email] = emailIfSent(policy, 'membership_past_due', `${id} ${membership.paid_through}`)
  return email ? [{ ...email, delay_hours: policy.emails.past_due_after_hours }] : []
}

/** The plan and the end of the grace period, for the email about a payment; null where the payment is no longer due. */
export function pastDueFacts(membership: Membership): { plan: string; until: string } | null {
  return membership.state === 'past_due' ? { plan: membership.plan, until: coveredUntil(membership) } : null
}
