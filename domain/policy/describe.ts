import { describeRates, describeSettlement } from '../rates/describe.ts'
import { EVERYBODY } from './concerns.ts'
import type { Pack } from './pack-schema.ts'
import type { MembershipPlan, Operation, Policy } from './policy.ts'
import { en, type Words } from './words/en.ts'

// What a policy means for customers, in the words of a language; English if none is given.

/** Sentences by the name of their subject. */
export type Descriptions = Record<string, string>

function mapped<T>(things: Record<string, T>, words: (thing: T, name: string) => string): Descriptions {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, words(thing, name)]))
}

export function describeSpending({ spending, operations }: Policy, w: Words = en): string[] {
  const numbers = new Set(Object.values(operations).map(({ free_trials }) => free_trials))
  const tried = [...numbers].filter(Boolean).map(n => {
    const names = Object.keys(operations).filter(name => operations[name]?.free_trials === n)
    return w.freeTrials(names, n)
  })
  return [spending.requires_membership ? w.membersSpend : w.everyoneSpends, ...tried]
}

export function describePlans(policy: Policy, w: Words = en): Descriptions {
  const plans = mapped(policy.plans, plan => `${plan.name}: ${planParts(policy, plan, w).join('; ')}.`)
  const { refund } = policy.memberships
  return refund && Object.keys(plans).length > 0
    ? { ...plans, 'payments that go back': w.refundsOfPlans[refund] }
    : plans
}

function planParts(policy: Policy, plan: MembershipPlan, w: Words): string[] {
  const { monthly, grant_on, payment, period, price, grace, trial, unlimited, launch } = plan
  const credits = monthly && creditsOf(monthly.credits, monthly.source, w)
  const day = grant_on === 'anniversary' ? null : grant_on.day_of_month
  return [
    ...(credits ? [day === null ? w.eachAnniversary(credits) : w.eachMonthOn(credits, day)] : []),
    ...(unlimited ? [w.fairUse(unlimited.fair_use_credits)] : []),
    ...(!monthly && !unlimited ? [w.noneIncluded] : []),
    payment === 'none' ? w.forLife : w.paidBy[period],
    ...(price ? [w.slotPrice(w.money(price.amount, price.currency))] : []),
    ...(grace ? [w.grace(grace)] : []),
    ...(trial ? [w.trial(trial.period, trial.credits, trial.source, trial.once_per)] : []),
    ...(launch && policy.launch
      ? [w.launchOfPlan(creditsOf(launch.credits, policy.launch.source, w), policy.launch.per)]
      : []),
  ]
}

function creditsOf(amount: NonNullable<MembershipPlan['monthly']>['credits'], source: string, w: Words): string {
  if (typeof amount === 'number') return w.credits(amount, source)
  if (amount === null) return w.undecided(source)
  return amount.per_slot === null ? w.undecidedPerSlot(source) : w.creditsPerSlot(amount.per_slot, source)
}

export function describeGifts({ launch, compensation, audit, campaigns }: Policy, w: Words = en): string[] {
  return [
    ...(launch ? [w.launch(launch.from, launch.period, launch.source)] : []),
    ...(compensation ? [w.compensated(compensation.causes, bonusOf(compensation, w))] : []),
    ...(compensation && compensation.approval_above !== null ? [w.approvedAbove(compensation.approval_above)] : []),
    ...(audit.bonus ? [w.auditBonus(audit.bonus.credits, audit.bonus.source)] : []),
    ...(campaigns ? [w.campaigns(campaigns.sources)] : []),
  ]
}

function bonusOf({ multiplier, source }: NonNullable<Policy['compensation']>, w: Words): string {
  return multiplier.maximum === 0 ? w.noBonus : w.bonus(multiplier.default, multiplier.maximum, source)
}

export function describeOperations({ operations, plans }: Policy, w: Words = en): Descriptions {
  return mapped(operations, (operation, name) => {
    const only = operation.plans?.map(plan => plans[plan]?.name ?? plan)
    return `${name}: ${[...costParts(operation, w), ...(only ? [w.onlyFor(only)] : [])].join('; ')}.`
  })
}

function costParts(operation: Operation, w: Words): string[] {
  const { cost, rates, unit, outputs, requires, required_options } = operation
  const ranged = typeof cost === 'number' ? null : w.costsBetween(cost.minimum, cost.maximum, unit)
  const fixed = ranged ?? (cost === 0 ? w.free : w.costs(cost as number, unit))
  return [
    ...(rates ? describeRates(rates, unit, w) : [fixed]),
    ...describeSettlement(operation, w),
    ...(outputs.maximum > 1 ? [w.outputs(outputs.default, outputs.maximum)] : []),
    ...(required_options.length > 0 ? [w.needs(required_options)] : []),
    ...Object.entries(requires).map(([option, others]) => w.optionNeeds(option, others)),
  ]
}

export function describeOrder({ spending, sources }: Policy, w: Words = en): string[] {
  const criteria = { expiry: w.byExpiry, source: w.bySource(Object.keys(sources)) }
  const [first = w.byAge, ...others] = spending.order.map(criterion => criteria[criterion])
  return [w.first(first), w.ifEqual([...others, w.byAge])]
}

export function describeValidity({ sources }: Policy, w: Words = en): Descriptions {
  const fixed: Record<string, string> = {
    never_expires: w.neverExpires,
    until_next_grant: w.untilNextGrant,
    stated_by_grant: w.statedByGrant,
  }
  return mapped(sources, ({ validity, members_only }, name) => {
    const life = fixed[validity] ?? w.expiresAfter(validity)
    return w.validity(name, members_only ? w.frozen(life) : life)
  })
}

/** The limits of all accounts and of each plan. */
export function describeLimits({ limits, plans }: Policy, w: Words = en): Descriptions {
  return {
    [EVERYBODY]: `${w.allAccounts}: ${w.list(limitParts(limits, false, w)) || w.noLimit}.`,
    ...mapped(plans, plan => `${plan.name}: ${w.list(limitParts(plan.limits, true, w)) || w.noLimit}.`),
  }
}

/** @param own whether they belong to a plan, which may lift the general limits */
function limitParts(limits: Partial<Policy['limits']>, own: boolean, w: Words): string[] {
  const { daily_credits, concurrency, requests_per_minute, priority } = limits
  const part = (limit: number | null | undefined, words: (limit: number | null) => string) =>
    limit === undefined || (limit === null && !own) ? [] : [words(limit)]
  return [
    ...part(daily_credits, w.creditsADay),
    ...(limits.above_daily_credits === 'first_of_day' ? [w.oneAbove] : []),
    ...part(concurrency, w.atOnce),
    ...part(requests_per_minute, w.perMinute),
    ...(priority === undefined || priority === 3 ? [] : [w.priority(priority)]),
  ]
}

export function describePacks(policy: Policy, w: Words = en): Descriptions {
  return mapped(policy.packs, pack => `${pack.name}: ${packParts(policy, pack, w).join('; ')}.`)
}

function packParts(policy: Policy, pack: Pack, w: Words): string[] {
  const { credits, price, source, validity, discount_percent, volume_discounts, quantities, delivery } = pack
  const sold =
    typeof credits === 'number' ? w.credits(credits, source) : w.random(credits.random_from, credits.to, source)
  const buyers = [
    ...(pack.members_only ? [w.members] : []),
    ...(pack.plans ?? []).map(plan => policy.plans[plan]?.name ?? plan),
    ...(pack.accounts ? [w.certainAccounts] : []),
  ]
  return [
    w.sold(sold, w.money(price.amount, price.currency)),
    ...(discount_percent ? [w.percentOff(discount_percent)] : []),
    ...volume_discounts.map(({ from, percent }) => w.percentFrom(percent, from)),
    ...(quantities ? [w.quantities(quantities)] : []),
    ...validityParts(validity, w),
    ...(delivery === 'code' ? [w.asCode] : []),
    ...(buyers.length > 0 ? [w.onlyFor(buyers)] : []),
  ]
}

function validityParts(validity: Pack['validity'], w: Words): string[] {
  if (validity === 'of_source') return []
  if (validity === 'never_expires') return [w.withoutExpiry]
  if (typeof validity === 'string') return [w.validFor(validity)]
  return Object.entries(validity.by_quantity).map(([quantity, life]) => w.quantityFor(quantity, life))
}

export function describeRefunds({ purchases: { refund } }: Policy, w: Words = en): string {
  return refund === 'never' ? w.neverRefunded : w.refunded(refund.window, refund.what)
}
