import { z } from 'zod'
import { operation } from '../rates/operation.ts'
import { attentionTimes } from './attention-schema.ts'
import { contact, emails } from './emails/schema.ts'
import { invoices } from './invoice-schema.ts'
import { pack, packMistakes, price, purchaseTerms } from './pack-schema.ts'
import { page } from './page/schema.ts'
import {
  audit,
  campaigns,
  codeTermsSchema,
  compensation,
  duration,
  launchWindow,
  limits,
  membershipTerms,
  name,
  notices,
  optional,
  planLimits,
  unlimited,
} from './section-schemas.ts'

const credits = z.int().min(0)

const validity = z
  .union(
    [z.literal('never_expires'), z.literal('until_next_grant'), z.literal('stated_by_grant'), duration],
    'must be never_expires, until_next_grant, stated_by_grant or a calendar duration such as "P90D"',
  )
  .describe(
    'How long credits of this source are valid: a duration, never_expires, until_next_grant of their membership, or stated_by_grant if each grant states it.',
  )

const source = z.strictObject({
  validity,
  members_only: z.boolean().default(false).describe('Frozen while the account has no active membership.'),
})

const spending = z.strictObject({
  requires_membership: z.boolean().default(false).describe('Only members may spend.'),
  order: z
    .array(z.enum(['expiry', 'source']))
    .min(1)
    .refine(order => new Set(order).size === order.length, 'must not name a criterion twice')
    .describe('The spending order: by expiry, or by the order of the sources.'),
})

const monthlyCredits = z
  .union(
    [credits, z.strictObject({ per_slot: credits.nullable() })],
    'must be whole credits, {per_slot: credits}, or null if undecided',
  )
  .nullable()
  .describe('Credits a month, fixed or per slot; null if undecided.')

const plan = z.strictObject({
  name: z.string().min(1).describe('The name for customers.'),
  monthly: optional(
    z.strictObject({ source: name, credits: monthlyCredits }),
    'The monthly grant; null for a plan without credits.',
  ),
  grant_on: z
    .union([z.literal('anniversary'), z.strictObject({ day_of_month: z.int().min(1).max(28) })])
    .default('anniversary')
    .describe('The day of the monthly grant: that of joining, or a fixed day at 00:00 UTC.'),
  payment: z
    .enum(['required', 'none'])
    .default('required')
    .describe('none: for life without payment, such as a legacy product.'),
  period: z.enum(['P1M', 'P1Y']).default('P1M').describe('The period of one payment.'),
  price: optional(
    price,
    'For one period and slot. Memberships that are not paid through a provider are charged on the invoice.',
  ),
  grace: duration.nullable().default(null).describe('How long an unpaid membership continues as past due.'),
  grace_by_provider: z
    .partialRecord(z.enum(['manual', 'stripe']), duration)
    .default({})
    .describe('Replaces grace for a payment provider.'),
  trial: optional(
    z.strictObject({
      period: duration,
      source: name,
      credits,
      once_per: z
        .enum(['account', 'membership'])
        .default('account')
        .describe(
          'account: one trial, or an account could begin one after another. membership: each membership may begin with a trial, for products that sell an account several.',
        ),
    }),
    'Credits granted at once, valid for the trial.',
  ),
  limits: planLimits,
  unlimited,
  launch: optional(
    z.strictObject({ credits: monthlyCredits }),
    'Launch credits of each membership that runs within the window; launch.per says how often.',
  ),
  after_upgrade: z
    .strictObject({
      grant: z.enum(['difference', 'all', 'none']).default('difference'),
      delay_hours: z.int().min(0).max(24).default(0),
    })
    .prefault({})
    .describe('Credits that an upgrade grants within the current month, and their delay.'),
  after_lapse: z
    .enum(['new_anchor', 'same_anchor'])
    .default('new_anchor')
    .describe('Whether a returning membership starts a new month or keeps its day.'),
  downgrade: z.enum(['next_grant', 'now']).default('next_grant').describe('When a downgrade takes effect.'),
})

const generations = z.strictObject({
  timeout_seconds: z
    .int()
    .min(1)
    .max(7 * 24 * 3600)
    .default(900)
    .describe('Unsettled holds are released after this.'),
  refund_after_expiry: duration.default('P7D').describe('The validity of credits refunded to an expired lot, once.'),
  free_trials_after_trial_membership: z
    .enum(['none', 'untried'])
    .default('none')
    .describe(
      'untried: after a trial membership an account has the free trials of operations that it has not paid for.',
    ),
  corrections: z
    .enum(['free', 'none'])
    .default('none')
    .describe('free: each defect report allows one correction free of charge.'),
})

export const policySchema = z
  .strictObject({
    product: name,
    name: z.string().min(1).describe('The name for customers.'),
    version: z.int().min(1).describe('Increased with every published change.'),
    published_at: z.iso.datetime(),
    sources: z
      .record(name, source)
      .refine(s => Object.keys(s).length > 0, 'must list at least one source')
      .describe('The sources of credits, in spending order if the order is by source.'),
    spending,
    plans: z.record(name, plan).default({}).describe('The memberships on offer.'),
    memberships: membershipTerms,
    packs: z.record(name, pack).default({}).describe('The packs on sale.'),
    purchases: purchaseTerms,
    limits,
    launch: launchWindow,
    compensation,
    audit,
    attention: attentionTimes,
    campaigns,
    notices,
    contact,
    page,
    emails,
    invoices,
    codes: codeTermsSchema.prefault({}),
    generations: generations.prefault({}),
    operations: z.record(name, operation).refine(o => Object.keys(o).length > 0, 'must list at least one operation'),
  })
  .superRefine((policy, context) => {
    for (const mistake of packMistakes(policy)) context.addIssue({ code: 'custom', ...mistake })
    const { sources, plans, launch, operations } = policy
    for (const [operation, { plans: only }] of Object.entries(operations))
      for (const [n, plan] of (only ?? []).entries())
        if (!Object.hasOwn(plans, plan))
          context.addIssue({
            code: 'custom',
            path: ['operations', operation, 'plans', n],
            message: `must be one of the plans ${Object.keys(plans).join(', ') || '(none)'}`,
          })
    for (const { path, source } of sourcesNamed(policy))
      if (!Object.hasOwn(sources, source))
        context.addIssue({
          code: 'custom',
          path,
          message: `must be one of the sources ${Object.keys(sources).join(', ')}`,
        })
    for (const [plan, { launch: credits }] of Object.entries(plans))
      if (credits && !launch)
        context.addIssue({
          code: 'custom',
          path: ['plans', plan, 'launch'],
          message: 'needs the launch of the policy',
        })
  })

type Named = { path: (string | number)[]; source: string }

/** Every path of a policy that names a source. */
function sourcesNamed({
  plans,
  launch,
  compensation,
  audit,
  campaigns,
  emails,
}: {
  plans: Record<string, { monthly: { source: string } | null; trial: { source: string } | null }>
  launch: { source: string } | null
  compensation: { source: string } | null
  audit: { bonus: { source: string } | null }
  campaigns: { sources: string[] } | null
  emails: { expiring_sources: string[] | null }
}): Named[] {
  const parts = [
    ...Object.entries(plans).flatMap(([plan, { monthly, trial }]) => [
      { path: ['plans', plan, 'monthly', 'source'], source: monthly?.source },
      { path: ['plans', plan, 'trial', 'source'], source: trial?.source },
    ]),
    { path: ['launch', 'source'], source: launch?.source },
    { path: ['compensation', 'source'], source: compensation?.source },
    { path: ['audit', 'bonus', 'source'], source: audit.bonus?.source },
    ...(campaigns?.sources ?? []).map((source, n) => ({ path: ['campaigns', 'sources', n], source })),
    ...(emails.expiring_sources ?? []).map((source, n) => ({ path: ['emails', 'expiring_sources', n], source })),
  ]
  return parts.filter((part): part is Named => part.source !== undefined)
}

/** A product's published policy. */
export type Policy = z.infer<typeof policySchema>
export type MembershipPlan = Policy['plans'][string]
export type Operation = Policy['operations'][string]

/** An invalid policy file; the message lists every path and reason. */
export class PolicyError extends Error {
  readonly reasons: readonly string[]

  constructor(file: string, reasons: string[]) {
    super(`${file} is not a valid policy:\n${reasons.map(reason => `  ${reason}`).join('\n')}`)
    this.name = 'PolicyError'
    this.reasons = reasons
  }
}

/** Parses a policy. @param file for error messages @throws PolicyError with every mistake */
export function parsePolicy(file: string, content: unknown): Policy {
  const parsed = policySchema.safeParse(content)
  if (parsed.success) return parsed.data
  throw new PolicyError(
    file,
    parsed.error.issues.map(issue => `${issue.path.join('.') || '(top)'}: ${reasonOf(issue)}`),
  )
}

/** zod hides the reason of an invalid key. */
function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message
}
