import { formatMoney } from '../shared/amount.ts'
import { and, capital, count, describeDuration, times } from '../shared/plain-words.ts'
import { EVERYBODY } from './concerns.ts'
import { describeEmails } from './emails/describe.ts'
import type { Pack } from './pack-schema.ts'
import type { MembershipPlan, Operation, Policy } from './policy.ts'

/** Sentences by the name of their subject. */
export type Descriptions = Record<string, string>

function mapped<T>(things: Record<string, T>, words: (thing: T, name: string) => string): Descriptions {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, words(thing, name)]))
}

/** A policy in plain English, for people who write or approve one. */
export function explainPolicy(policy: Policy): { heading: string; lines: string[] }[] {
  return [
    { heading: 'Spending', lines: describeSpending(policy) },
    { heading: 'Memberships', lines: planLines(policy) },
    { heading: 'Packs', lines: describePackSales(policy) },
    { heading: 'Other grants', lines: describeGifts(policy) },
    { heading: 'Prices', lines: Object.values(describeOperations(policy)) },
    { heading: 'Spending order', lines: describeOrder(policy) },
    { heading: 'Expiry', lines: Object.values(describeValidity(policy)) },
    { heading: 'Limits', lines: limitLines(policy) },
    { heading: 'Failures and audits', lines: describeFailures(policy) },
    { heading: 'Webhooks', lines: describeNotices(policy) },
    { heading: 'Emails', lines: describeEmails(policy) },
  ].filter(({ lines }) => lines.length > 0)
}

export function describeSpending({ spending, operations }: Policy): string[] {
  const numbers = new Set(Object.values(operations).map(({ free_trials }) => free_trials))
  const tried = [...numbers].filter(Boolean).map(n => {
    const names = Object.keys(operations).filter(name => operations[name]?.free_trials === n)
    return `Accounts that were never members may use ${names.length > 1 ? 'each of ' : ''}${and(names)} ${times(n)} free of charge.`
  })
  return [
    spending.requires_membership
      ? 'Only members may spend, trials included.'
      : 'Accounts may spend with or without a membership.',
    ...tried,
  ]
}

function planLines(policy: Policy): string[] {
  const lines = Object.values(describePlans(policy))
  return lines.length > 0 ? lines : ['There are no memberships.']
}

export function describePlans(policy: Policy): Descriptions {
  const plans = mapped(policy.plans, plan => `${plan.name}: ${planParts(policy, plan).join('; ')}.`)
  const { refund } = policy.memberships
  return refund && Object.keys(plans).length > 0 ? { ...plans, 'payments that go back': REFUNDS[refund] } : plans
}

const REFUNDS: Record<NonNullable<Policy['memberships']['refund']>, string> = {
  revoke_unused: 'If a payment goes back, the unused credits of its months are revoked in proportion; used ones stay.',
  keep: 'If a payment goes back, the credits of its months stay.',
}

function planParts(policy: Policy, plan: MembershipPlan): string[] {
  const { monthly, grant_on, payment, period, price, grace, trial, unlimited, launch } = plan
  const day =
    grant_on === 'anniversary'
      ? 'on joining and on that day of every month'
      : `on joining and on day ${grant_on.day_of_month} of every month`
  return [
    ...(monthly ? [`${describeCredits(monthly.credits, monthly.source)} ${day}`] : []),
    ...(unlimited ? [`unlimited, up to a fair use of ${unlimited.fair_use_credits} credits a month`] : []),
    ...(!monthly && !unlimited ? ['no credits included'] : []),
    payment === 'none' ? 'for life, without payment' : `paid by the ${period === 'P1Y' ? 'year' : 'month'}`,
    ...(price ? [`${formatMoney(price.amount, price.currency)} per slot`] : []),
    ...(grace ? [`a grace period of ${describeDuration(grace)}`] : []),
    ...(trial
      ? [
          `a trial of ${describeDuration(trial.period)} gives ${trial.credits} ${trial.source} credits at once, once per ${trial.once_per}`,
        ]
      : []),
    ...(launch && policy.launch
      ? [`${describeCredits(launch.credits, policy.launch.source)} at the launch, once per ${policy.launch.per}`]
      : []),
  ]
}

function describeCredits(amount: NonNullable<MembershipPlan['monthly']>['credits'], source: string): string {
  if (typeof amount === 'number') return `${amount} ${source} credits`
  const each = amount?.per_slot
  const slots = amount ? ' per slot' : ''
  return `${each ?? 'an undecided number of'} ${source} credits${slots}`
}

function describeBonus({ multiplier, source }: NonNullable<Policy['compensation']>): string {
  if (multiplier.maximum === 0) return 'without a bonus'
  return `plus ${times(multiplier.default)} as much in ${source} credits, at most ${times(multiplier.maximum)}`
}

export function describeGifts({ launch, compensation, audit, campaigns }: Policy): string[] {
  return [
    ...(launch
      ? [`At the launch, ${launch.from}, for ${describeDuration(launch.period)}: ${launch.source} credits.`]
      : []),
    ...(compensation
      ? [`For ${and(compensation.causes)}: lost credits are restored, ${describeBonus(compensation)}.`]
      : []),
    ...(compensation && compensation.approval_above !== null
      ? [`Compensations above ${compensation.approval_above} credits need an approval.`]
      : []),
    ...(audit.bonus
      ? [`For an audit that finds missing credits: ${audit.bonus.credits} ${audit.bonus.source} credits.`]
      : []),
    ...(campaigns ? [`Campaigns may grant ${and(campaigns.sources)} credits, once per account.`] : []),
  ]
}

export function describeOperations({ operations, plans }: Policy): Descriptions {
  return mapped(operations, (operation, name) => {
    const only = operation.plans?.map(plan => plans[plan]?.name ?? plan)
    return `${name}: ${describeCost(operation)}${only ? `; for ${and(only)} only` : ''}.`
  })
}

function describeCost({ cost, unit, outputs, requires, required_options }: Operation): string {
  const price =
    typeof cost === 'number'
      ? cost === 0
        ? 'free'
        : `${count(cost, 'credit')} per ${unit}`
      : `${cost.minimum}${cost.maximum === null ? ' credits or more' : ` to ${cost.maximum} credits`} per ${unit}, stated by the service`
  const many = outputs.maximum > 1 ? [`outputs: ${outputs.default} by default, at most ${outputs.maximum}`] : []
  const needs = [
    ...(required_options.length > 0 ? [`needs ${and(required_options)}`] : []),
    ...Object.entries(requires).map(([option, others]) => `${option} needs ${and(others)}`),
  ]
  return [price, ...many, ...needs].join('; ')
}

export function describeOrder({ spending, sources }: Policy): string[] {
  const words = {
    expiry: 'the credits that expire earliest; those that never expire come last',
    source: `in the order ${Object.keys(sources).join(', then ')}`,
  }
  const [first, second] = spending.order.map(criterion => words[criterion])
  const tie = 'the older credits'
  return [`First ${first}.`, `If equal, ${second ? `${second}; then ${tie}` : tie}.`]
}

export function describeValidity({ sources }: Policy): Descriptions {
  const fixed: Record<string, string> = {
    never_expires: 'never expire',
    until_next_grant: 'expire at the next grant',
    stated_by_grant: 'expire as their grant says',
  }
  return mapped(sources, ({ validity, members_only }, name) => {
    const life = fixed[validity] ?? `expire ${describeDuration(validity)} after their grant`
    const frozen = members_only ? ', and are frozen without a membership' : ''
    return `${capital(name)} credits ${life}${frozen}.`
  })
}

function limitLines(policy: Policy): string[] {
  return Object.values(describeLimits(policy)).filter(words => !words.endsWith(`${NO_LIMIT}.`))
}

const NO_LIMIT = 'no limits of its own'

/** The limits of all accounts and of each plan. */
export function describeLimits({ limits, plans }: Policy): Descriptions {
  return {
    [EVERYBODY]: `All accounts: ${and(limitParts(limits, false)) || NO_LIMIT}.`,
    ...mapped(plans, plan => `${plan.name}: ${and(limitParts(plan.limits, true)) || NO_LIMIT}.`),
  }
}

/** @param own whether they belong to a plan, which may lift the general limits */
function limitParts(limits: Partial<Policy['limits']>, own: boolean): string[] {
  const { daily_credits, concurrency, requests_per_minute, priority } = limits
  const part = (limit: number | null | undefined, words: string) => {
    if (limit === undefined || (limit === null && !own)) return []
    return [limit === null ? `any number of ${words}` : `${limit} ${words}`]
  }
  return [
    ...part(daily_credits, 'credits a day (UTC)'),
    ...(limits.above_daily_credits === 'first_of_day' ? ['one output above that if it is the first of the day'] : []),
    ...part(concurrency, 'generations at once'),
    ...part(requests_per_minute, 'requests a minute'),
    ...(priority === undefined || priority === 3 ? [] : [`priority ${priority} of 5`]),
  ]
}

export function describeFailures({ generations, audit }: Policy): string[] {
  const { timeout_seconds, refund_after_expiry, corrections } = generations
  const { approval_above, sweep } = audit
  return [
    'Credits for outputs that are not delivered are released at once.',
    `Unsettled holds are released after ${timeout_seconds} seconds.`,
    `Credits released after their expiry are valid for ${describeDuration(refund_after_expiry)}.`,
    ...(corrections === 'free' ? ['Reported defects are corrected free of charge.'] : []),
    ...(sweep
      ? [
          `Every account is audited every ${count(sweep.every_hours, 'hour')}; differences are ${sweep.repair ? 'corrected' : 'reported'}.`,
        ]
      : []),
    approval_above === null
      ? 'Audits correct everything they find.'
      : approval_above === 0
        ? 'Audits move no credits without an approval.'
        : `Audits move up to ${count(approval_above, 'credit')}, more with an approval.`,
  ]
}

export function describeNotices({ notices: { low_credits } }: Policy): string[] {
  if (low_credits === null) return []
  return [`credits.low is sent when an account has fewer than ${count(low_credits, 'credit')}, at most once a day.`]
}

/** The packs and the refund terms of a policy. */
function describePackSales(policy: Policy): string[] {
  const packs = Object.values(describePacks(policy))
  return packs.length === 0 ? [] : [...packs, describeRefunds(policy)]
}

export function describePacks(policy: Policy): Record<string, string> {
  const each = Object.entries(policy.packs)
  return Object.fromEntries(each.map(([id, pack]) => [id, `${pack.name}: ${packParts(policy, pack).join('; ')}.`]))
}

function packParts(policy: Policy, pack: Pack): string[] {
  const { credits, price, source, validity, discount_percent, volume_discounts, quantities, delivery } = pack
  const buyers = [
    ...(pack.members_only ? ['members'] : []),
    ...(pack.plans ?? []).map(plan => policy.plans[plan]?.name ?? plan),
    ...(pack.accounts ? ['certain accounts'] : []),
  ]
  return [
    `${typeof credits === 'number' ? credits : `${credits.random_from} to ${credits.to}, at random,`} ${source} credits for ${formatMoney(price.amount, price.currency)}`,
    ...(discount_percent ? [`${discount_percent} % off`] : []),
    ...volume_discounts.map(({ from, percent }) => `${percent} % off from ${from} packages`),
    ...(quantities ? [`${quantities.join(', ')} at once`] : []),
    ...validityParts(validity),
    ...(delivery === 'code' ? ['as a redemption code'] : []),
    ...(buyers.length > 0 ? [`for ${buyers.join(', ')} only`] : []),
  ]
}

function validityParts(validity: Pack['validity']): string[] {
  if (validity === 'of_source') return []
  if (validity === 'never_expires') return ['without expiry']
  if (typeof validity === 'string') return [`for ${describeDuration(validity)}`]
  const each = Object.entries(validity.by_quantity).map(
    ([quantity, life]) => `${quantity} for ${describeDuration(life)}`,
  )
  return each
}

export function describeRefunds({ purchases: { refund } }: Policy): string {
  if (refund === 'never') return 'Purchases are not refunded.'
  const what =
    refund.what === 'unused_part' ? 'unused credits are refunded pro rata' : 'it is refunded if no credits were used'
  return `Within ${describeDuration(refund.window)} of the purchase, ${what}.`
}
