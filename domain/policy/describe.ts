import { and, capital, count, describeDuration, times } from '../shared/plain-words.ts'
import { describePackSales } from './describe-packs.ts'
import type { MembershipPlan, Operation, Policy } from './policy.ts'

/** Sentences by the name of what they are about. */
export type Descriptions = Record<string, string>

function mapped<T>(things: Record<string, T>, words: (thing: T, name: string) => string): Descriptions {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, words(thing, name)]))
}

/** A policy in plain words: headed paragraphs of lines, for people who write or approve one. */
export function explainPolicy(policy: Policy): { heading: string; lines: string[] }[] {
  return [
    { heading: 'Who may spend', lines: describeSpending(policy) },
    { heading: 'What a member gets, and when', lines: planLines(policy) },
    { heading: 'What can be bought', lines: describePackSales(policy) },
    { heading: 'What is given besides', lines: describeGifts(policy) },
    { heading: 'What it costs', lines: Object.values(describeOperations(policy)) },
    { heading: 'What is spent first', lines: describeOrder(policy) },
    { heading: 'What expires when', lines: Object.values(describeValidity(policy)) },
    { heading: 'How much may be used', lines: limitLines(policy) },
    { heading: 'When something fails', lines: describeFailures(policy) },
    { heading: 'Of what the product is told', lines: describeNotices(policy) },
  ].filter(({ lines }) => lines.length > 0)
}

export function describeSpending({ spending, operations }: Policy): string[] {
  const numbers = new Set(Object.values(operations).map(({ free_trials }) => free_trials))
  const tried = [...numbers].filter(Boolean).map(n => {
    const names = Object.keys(operations).filter(name => operations[name]?.free_trials === n)
    return `Who never was a member may use ${names.length > 1 ? 'each of ' : ''}${and(names)} ${times(n)} for nothing.`
  })
  return [
    spending.requires_membership
      ? 'Only members, those on trial among them.'
      : 'Everybody who has credits, with a membership or without.',
    ...tried,
  ]
}

function planLines(policy: Policy): string[] {
  const lines = Object.values(describePlans(policy))
  return lines.length > 0 ? lines : ['There are no memberships.']
}

/** Each plan in a sentence. */
export function describePlans(policy: Policy): Descriptions {
  return mapped(policy.plans, plan => `${plan.name}: ${planParts(policy, plan).join('; ')}.`)
}

function planParts(policy: Policy, plan: MembershipPlan): string[] {
  const { monthly, grant_on, payment, period, grace, trial, unlimited, launch } = plan
  const day =
    grant_on === 'anniversary'
      ? 'on the day of joining and that day of every month'
      : `on joining and on day ${grant_on.day_of_month} of every month`
  return [
    ...(monthly ? [`${describeCredits(monthly.credits, monthly.source)} ${day}`] : []),
    ...(unlimited
      ? [`no credits are spent, up to what would have cost ${unlimited.fair_use_credits} a month`]
      : []),
    ...(!monthly && !unlimited ? ['no credits included'] : []),
    payment === 'none' ? 'for life, without payment' : `paid by the ${period === 'P1Y' ? 'year' : 'month'}`,
    ...(grace ? [`goes on unpaid for ${describeDuration(grace)}`] : []),
    ...(trial
      ? [
          `a trial of ${describeDuration(trial.period)} gives ${trial.credits} ${trial.source} credits at once`,
        ]
      : []),
    ...(launch && policy.launch
      ? [`${describeCredits(launch.credits, policy.launch.source)} of the launch, once`]
      : []),
  ]
}

function describeCredits(amount: NonNullable<MembershipPlan['monthly']>['credits'], source: string): string {
  if (typeof amount === 'number') return `${amount} ${source} credits`
  const each = amount?.per_slot
  const slots = amount ? ' for each slot' : ''
  return `${each ?? 'a number not decided yet of'} ${source} credits${slots}`
}

function describeBonus({ multiplier, source }: NonNullable<Policy['compensation']>): string {
  if (multiplier.maximum === 0) return 'without a bonus'
  return `and ${times(multiplier.default)} as much is added in ${source} credits, ${times(multiplier.maximum)} at most`
}

export function describeGifts({ launch, compensation, audit, campaigns }: Policy): string[] {
  return [
    ...(launch
      ? [`At the launch, ${launch.from}, for ${describeDuration(launch.period)}: ${launch.source} credits.`]
      : []),
    ...(compensation
      ? [`For ${and(compensation.causes)}: what was lost comes back, ${describeBonus(compensation)}.`]
      : []),
    ...(compensation && compensation.approval_above !== null
      ? [`More than ${compensation.approval_above} credits of it wait for an approval.`]
      : []),
    ...(audit.bonus
      ? [`For an audit that found credits missing: ${audit.bonus.credits} ${audit.bonus.source} credits.`]
      : []),
    ...(campaigns ? [`Campaigns may give ${and(campaigns.sources)} credits, each account once.`] : []),
  ]
}

/** Each operation and its price in a sentence. */
export function describeOperations({ operations }: Policy): Descriptions {
  return mapped(operations, (operation, name) => `${name}: ${describeCost(operation)}.`)
}

function describeCost({ cost, unit, outputs, requires }: Operation): string {
  const price =
    typeof cost === 'number'
      ? cost === 0
        ? 'free'
        : `${count(cost, 'credit')} for each ${unit}`
      : `${cost.minimum}${cost.maximum === null ? ' credits or more' : ` to ${cost.maximum} credits`} for each ${unit}, as the service states`
  const many =
    outputs.maximum > 1 ? [`${outputs.default} unless asked otherwise, ${outputs.maximum} at most`] : []
  const needs = Object.entries(requires).map(([option, others]) => `${option} needs ${and(others)}`)
  return [price, ...many, ...needs].join('; ')
}

export function describeOrder({ spending, sources }: Policy): string[] {
  const words = {
    expiry: 'what expires earliest; what never expires comes last',
    source: `in the order ${Object.keys(sources).join(', then ')}`,
  }
  const [first, second] = spending.order.map(criterion => words[criterion])
  const tie = 'the older credits'
  return [`First ${first}.`, `Where that is the same, ${second ? `${second}; then ${tie}` : tie}.`]
}

/** How long the credits of each source live, in a sentence. */
export function describeValidity({ sources }: Policy): Descriptions {
  const fixed: Record<string, string> = {
    never_expires: 'never expire',
    until_next_grant: 'expire when the next ones come',
    stated_by_grant: 'expire when their grant says',
  }
  return mapped(sources, ({ validity, members_only }, name) => {
    const life = fixed[validity] ?? `expire ${describeDuration(validity)} after they were given`
    const frozen = members_only ? ', and are frozen while there is no membership' : ''
    return `${capital(name)} credits ${life}${frozen}.`
  })
}

function limitLines(policy: Policy): string[] {
  return Object.values(describeLimits(policy)).filter(words => !words.endsWith(`${NO_LIMIT}.`))
}

const NO_LIMIT = 'no limit of its own'

/** What may be used: by everybody, and by the holders of each plan. */
export function describeLimits({ limits, plans }: Policy): Descriptions {
  return {
    everybody: `Everybody: ${and(limitParts(limits, false)) || NO_LIMIT}.`,
    ...mapped(plans, plan => `${plan.name}: ${and(limitParts(plan.limits, true)) || NO_LIMIT}.`),
  }
}

/** @param own whether they are those of a plan, which may lift what holds for everybody */
function limitParts(limits: Partial<Policy['limits']>, own: boolean): string[] {
  const { daily_credits, concurrency, requests_per_minute, priority } = limits
  const part = (limit: number | null | undefined, words: string) => {
    if (limit === undefined || (limit === null && !own)) return []
    return [limit === null ? `any number of ${words}` : `${limit} ${words}`]
  }
  return [
    ...part(daily_credits, 'credits a day (UTC)'),
    ...part(concurrency, 'generations at once'),
    ...part(requests_per_minute, 'requests a minute'),
    ...(priority === undefined || priority === 3 ? [] : [`priority ${priority} of 5`]),
  ]
}

export function describeFailures({ generations, audit }: Policy): string[] {
  const { timeout_seconds, refund_after_expiry, corrections } = generations
  const { approval_above, sweep } = audit
  return [
    'What is not delivered comes back by itself, at once.',
    `What nobody settles comes back after ${timeout_seconds} seconds.`,
    `What comes back after its expiry lives ${describeDuration(refund_after_expiry)} more.`,
    ...(corrections === 'free' ? ['A faulty result that is reported is corrected for nothing.'] : []),
    ...(sweep
      ? [
          `Every account is audited every ${count(sweep.every_hours, 'hour')}; what is wrong is ${sweep.repair ? 'put right' : 'reported'}.`,
        ]
      : []),
    approval_above === null
      ? 'An audit puts right whatever it finds.'
      : approval_above === 0
        ? 'An audit moves no credits without an approval.'
        : `An audit moves up to ${count(approval_above, 'credit')} at once, more with an approval.`,
  ]
}

export function describeNotices({ notices: { low_credits } }: Policy): string[] {
  if (low_credits === null) return []
  return [`That spending leaves an account fewer than ${count(low_credits, 'credit')}, once a day at most.`]
}
