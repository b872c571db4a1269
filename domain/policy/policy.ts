import { z } from 'zod'
import { codeTermsSchema } from './code-schema.ts'
import { pack, packMistakes, purchaseTerms } from './pack-schema.ts'
import {
  audit,
  campaigns,
  compensation,
  duration,
  launchWindow,
  limits,
  name,
  notices,
  planLimits,
  unlimited,
} from './terms.ts'

const credits = z.int().min(0)

const validity = z
  .union(
    [z.literal('never_expires'), z.literal('until_next_grant'), z.literal('stated_by_grant'), duration],
    'must be never_expires, until_next_grant, stated_by_grant or a calendar duration such as "P90D"',
  )
  .describe(
    'How long credits of this source live: a duration, never_expires, until_next_grant of the membership that gives them, or stated_by_grant where each grant says so itself.',
  )

const source = z.strictObject({
  validity,
  members_only: z.boolean().default(false).describe('Frozen while the account has no active membership.'),
})

const range = z
  .strictObject({ minimum: credits, maximum: credits.nullable().describe('null: no upper bound') })
  .refine(r => r.maximum === null || r.minimum <= r.maximum, 'minimum must not be above maximum')

const operation = z
  .strictObject({
    unit: z.string().default('output').describe('What one output is called, for people.'),
    cost: z
      .union([credits, range], 'must be whole credits, or a range {minimum, maximum}')
      .describe('Credits per output; a range where the service states the price.'),
    outputs: z
      .strictObject({ default: z.int().min(1).default(1), maximum: z.int().min(1).default(1) })
      .refine(o => o.default <= o.maximum, 'default must not be above maximum')
      .default({ default: 1, maximum: 1 }),
    options: z
      .record(name, z.array(z.union([z.string(), z.boolean()], 'must be a text, true or false')).min(1))
      .default({})
      .describe('Options by name with the values each may take.'),
    requires: z
      .record(name, z.array(name).min(1))
      .default({})
      .describe('Options that only make sense together with others: {logo: [background]}.'),
    free_trials: z
      .int()
      .min(0)
      .default(0)
      .describe('How often an account may use it for nothing that was never a member.'),
  })
  .superRefine(({ options, requires }, context) => {
    for (const [option, others] of Object.entries(requires))
      for (const each of [option, ...others])
        if (!Object.hasOwn(options, each))
          context.addIssue({
            code: 'custom',
            path: ['requires', option],
            message: `${each} is not an option`,
          })
  })

const spending = z.strictObject({
  requires_membership: z.boolean().default(false).describe('Only members may spend at all.'),
  order: z
    .array(z.enum(['expiry', 'source']))
    .min(1)
    .refine(order => new Set(order).size === order.length, 'must not name a criterion twice')
    .describe('What is spent first: earliest expiry, or the order in which sources are listed.'),
})

const monthlyCredits = z
  .union(
    [credits, z.strictObject({ per_slot: credits.nullable() })],
    'must be whole credits, {per_slot: credits}, or null where the amount is not decided yet',
  )
  .nullable()
  .describe('Credits a month, fixed or per slot; null where the amount is not decided yet.')

const plan = z.strictObject({
  name: z.string().min(1).describe('The name that customers know.'),
  monthly: z
    .strictObject({ source: name, credits: monthlyCredits })
    .nullable()
    .default(null)
    .describe('What arrives every month; null for a plan without included credits.'),
  grant_on: z
    .union([z.literal('anniversary'), z.strictObject({ day_of_month: z.int().min(1).max(28) })])
    .default('anniversary')
    .describe('The day of the month on which it arrives: that of joining, or a fixed one at 00:00 UTC.'),
  payment: z
    .enum(['required', 'none'])
    .default('required')
    .describe('none: held for life without paying, such as a legacy product.'),
  period: z.enum(['P1M', 'P1Y']).default('P1M').describe('What one payment pays for.'),
  grace: duration.nullable().default(null).describe('How long an unpaid membership goes on as past due.'),
  grace_by_provider: z
    .partialRecord(z.enum(['manual', 'stripe']), duration)
    .default({})
    .describe('The same for memberships that are paid in this way, in place of grace.'),
  trial: z
    .strictObject({ period: duration, source: name, credits })
    .nullable()
    .default(null)
    .describe('Credits that arrive at once and live as long as the trial.'),
  limits: planLimits,
  unlimited,
  launch: z
    .strictObject({ credits: monthlyCredits })
    .nullable()
    .default(null)
    .describe('Credits of the launch, once for each membership that runs within its window.'),
  after_upgrade: z
    .strictObject({
      grant: z.enum(['difference', 'all', 'none']).default('difference'),
      delay_hours: z.int().min(0).max(24).default(0),
    })
    .prefault({})
    .describe('What a change to a larger amount gives within the running month, and how soon.'),
  after_lapse: z
    .enum(['new_anchor', 'same_anchor'])
    .default('new_anchor')
    .describe('Whether a membership that comes back later begins a month of its own or keeps its day.'),
  downgrade: z
    .enum(['next_grant', 'now'])
    .default('next_grant')
    .describe('When a change to less takes effect.'),
})

const generations = z.strictObject({
  timeout_seconds: z
    .int()
    .min(1)
    .max(7 * 24 * 3600)
    .default(900)
    .describe('A hold that nobody settles is refunded after this.'),
  refund_after_expiry: duration
    .default('P7D')
    .describe('How long refunded credits live whose lot has expired meanwhile.'),
  corrections: z
    .enum(['free', 'none'])
    .default('none')
    .describe('free: each report of a faulty result allows one correction that costs nothing.'),
})

export const policySchema = z
  .strictObject({
    product: name,
    name: z.string().min(1).describe('The name that customers know.'),
    version: z.int().min(1).describe('Raised with every published change.'),
    published_at: z.iso.datetime(),
    sources: z
      .record(name, source)
      .refine(s => Object.keys(s).length > 0, 'must list at least one source')
      .describe('Where credits come from, first spent first where the order says source.'),
    spending,
    plans: z.record(name, plan).default({}).describe('The memberships that can be held.'),
    packs: z.record(name, pack).default({}).describe('The credits that can be bought.'),
    purchases: purchaseTerms,
    limits,
    launch: launchWindow,
    compensation,
    audit,
    campaigns,
    notices,
    codes: codeTermsSchema.prefault({}),
    generations: generations.prefault({}),
    operations: z
      .record(name, operation)
      .refine(o => Object.keys(o).length > 0, 'must list at least one operation'),
  })
  .superRefine((policy, context) => {
    for (const mistake of packMistakes(policy)) context.addIssue({ code: 'custom', ...mistake })
    const { sources, plans, launch } = policy
    for (const { path, source } of sourcesNamed(policy))
      if (!Object.hasOwn(sources, source))
        context.addIssue({
          code: 'custom',
          path,
          message: `must be one of the sources ${Object.keys(sources).join(', ')}`,
        })
    for (const [plan, { launch: credits }] of Object.entries(plans))
      if (credits && !launch)
        context.addIssue({ code: 'custom', path: ['plans', plan, 'launch'], message: 'needs a launch above' })
  })

type Named = { path: (string | number)[]; source: string }

/** Every place of a policy that names a source of credits. */
function sourcesNamed({
  plans,
  launch,
  compensation,
  audit,
  campaigns,
}: {
  plans: Record<string, { monthly: { source: string } | null; trial: { source: string } | null }>
  launch: { source: string } | null
  compensation: { source: string } | null
  audit: { bonus: { source: string } | null }
  campaigns: { sources: string[] } | null
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
  ]
  return parts.filter((part): part is Named => part.source !== undefined)
}

/** One product's published credit policy, as data. */
export type Policy = z.infer<typeof policySchema>
export type MembershipPlan = Policy['plans'][string]
export type Operation = Policy['operations'][string]

/** A policy file that cannot be used; the message lists each place and what is wrong there. */
export class PolicyError extends Error {
  constructor(file: string, reasons: string[]) {
    super(`${file} is not a valid policy:\n${reasons.map(reason => `  ${reason}`).join('\n')}`)
    this.name = 'PolicyError'
  }
}

/**
 * Reads the content of one policy file.
 * @param file its name, for error messages
 * @throws PolicyError naming file, path and reason of everything that is wrong
 */
export function parsePolicy(file: string, content: unknown): Policy {
  const parsed = policySchema.safeParse(content)
  if (parsed.success) return parsed.data
  throw new PolicyError(
    file,
    parsed.error.issues.map(issue => `${issue.path.join('.') || '(top)'}: ${reasonOf(issue)}`),
  )
}

/** Of a name that is wrong the library says only that it is. */
function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message
}
