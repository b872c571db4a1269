import { z } from 'zod'
import { sourceOf } from '../lots/lot-terms.ts'
import { step } from '../memberships/due.ts'
import type { Membership } from '../memberships/membership.ts'
import type { Policy } from '../policy/policy.ts'
import { duration, name } from '../policy/section-schemas.ts'
import { amountAtOnce } from '../shared/amount.ts'
import { addDuration } from '../shared/calendar.ts'
import { instantText } from '../shared/instant.ts'
import { invalidRequest } from '../shared/refusals.ts'

/** A campaign grants each account of its audience the same credits once (XD-07). */
export const campaignTerms = z.strictObject({
  name: z.string().trim().min(1).max(200).describe('The purpose; kept in the ledger. No personal data.'),
  source: z.string().max(100),
  amount: amountAtOnce,
  validity: z
    .union(
      [duration, z.strictObject({ until: instantText })],
      'must be a calendar duration such as "P30D", or {until: TIME}',
    )
    .optional()
    .describe("The validity from each grant; the source's if omitted."),
  spendable_by: z
    .enum(['members', 'everyone'])
    .optional()
    .describe('Whether only members may spend the credits; as the source says if omitted.'),
  audience: z.union(
    [
      z.literal('all'),
      z.strictObject({ plan: name }),
      z.strictObject({ accounts: z.array(z.string().min(1).max(128)).min(1).max(10_000) }),
    ],
    'must be "all", {plan} or {accounts: […]}',
  ),
  window: z
    .strictObject({ from: instantText.optional(), until: instantText })
    .optional()
    .describe('Accounts that join within the window get the credits too; without a window, only existing accounts do.'),
})

export type CampaignTerms = z.infer<typeof campaignTerms>

export type Candidate = { at: Date; time_zone: string; memberships: Membership[] }

/** Validates a campaign against the policy. @param now real time @throws Refused invalid_request */
export function checkCampaign(policy: Policy, terms: CampaignTerms, now: Date): void {
  const { campaigns } = policy
  if (!campaigns?.sources.includes(terms.source))
    throw invalidRequest(
      'source',
      campaigns
        ? `must be one of ${campaigns.sources.join(', ')} by the policy`
        : 'is not allowed: the policy has no campaigns',
    )
  const { maximum_credits_per_account } = campaigns
  if (maximum_credits_per_account !== null && terms.amount > maximum_credits_per_account)
    throw invalidRequest('amount', `must be at most ${maximum_credits_per_account} by the policy`)
  const { audience, window, validity } = terms
  if (typeof audience === 'object' && 'plan' in audience && !Object.hasOwn(policy.plans, audience.plan))
    throw invalidRequest('audience.plan', `must be one of ${Object.keys(policy.plans).join(', ') || '(none)'}`)
  if (window?.from && window.from >= window.until) throw invalidRequest('window', 'must begin before it ends')
  const { validity: ofSource } = sourceOf(policy, terms.source)
  if (!validity && (ofSource === 'stated_by_grant' || ofSource === 'until_next_grant'))
    throw invalidRequest('validity', `is required: ${terms.source} credits have the validity of their campaign`)
  if (typeof validity === 'object' && !window && validity.until <= now.toISOString())
    throw invalidRequest('validity.until', 'must be in the future')
}

/** Whether an account gets the credits at its present time. An audience's account list is not checked here. */
export function isEligible({ audience, window, validity }: CampaignTerms, { at, memberships }: Candidate): boolean {
  const now = at.toISOString()
  if (window && (now >= window.until || (window.from !== undefined && now < window.from))) return false
  if (typeof validity === 'object' && now >= validity.until) return false
  if (audience === 'all' || 'accounts' in audience) return true
  return memberships.some(status => {
    const { plan, state } = step(status, now).membership
    return plan === audience.plan && state !== 'lapsed' && state !== 'ended'
  })
}

/** What a campaign's lots have instead of the terms of their source. */
export function ownTerms({ spendable_by }: CampaignTerms): { members_only?: boolean } {
  return spendable_by === undefined ? {} : { members_only: spendable_by === 'members' }
}

/** The expiry of credits granted now; undefined if the source decides. */
export function campaignExpiry({ validity }: CampaignTerms, { at, time_zone }: Candidate): Date | undefined {
  if (validity === undefined) return undefined
  return typeof validity === 'string' ? addDuration(at, validity, time_zone) : new Date(validity.until)
}
