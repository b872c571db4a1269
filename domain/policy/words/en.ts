import { formatMoney } from '../../shared/amount.ts'
import { and, capital, count, describeDuration, times } from '../../shared/plain-words.ts'

const either = (n: number | null, words: string) => (n === null ? `any number of ${words}` : `${n} ${words}`)

function minutesOrHours(minutes: number): string {
  return minutes % 60 === 0 ? count(minutes / 60, 'hour') : count(minutes, 'minute')
}

/** The words that describe a policy; the other languages have the same keys. */
export const en = {
  list: and,
  money: (amount: number, currency: string) => formatMoney(amount, currency, 'en'),
  credits: (n: number, source: string) => `${n} ${source} credits`,
  creditsPerSlot: (n: number, source: string) => `${n} ${source} credits per slot`,
  undecided: (source: string) => `an undecided number of ${source} credits`,
  undecidedPerSlot: (source: string) => `an undecided number of ${source} credits per slot`,

  added: (line: string) => `added: ${line}`,
  removed: (line: string) => `removed: ${line}`,
  before: (line: string) => `before: ${line}`,
  after: (line: string) => `after: ${line}`,
  sections: {
    plans: {
      who: 'Members who join a plan, or change plan or slots, after the publication',
      keeps: 'Running memberships keep their terms until they change plan or slots.',
    },
    validity: { who: 'Credits granted after the publication', keeps: 'Existing credits keep their validity.' },
    order: {
      who: 'The spending order of credits granted after the publication',
      keeps: 'Existing credits keep their place in the order.',
    },
    packs: {
      who: 'Packs bought after the publication',
      keeps: 'Earlier purchases keep their amount, price and validity.',
    },
    refunds: {
      who: 'Refunds of purchases after the publication',
      keeps: 'Earlier purchases keep their refund terms.',
    },
    operations: { who: 'Generations requested after the publication', keeps: 'Open generations keep their cost.' },
    spending: { who: 'Spending after the publication', keeps: null as string | null },
    limits: { who: 'All accounts after the publication', keeps: 'The usage of the day still counts.' },
    gifts: { who: 'Grants after the publication', keeps: 'Earlier grants stay.' },
  },

  freeTrials: (operations: string[], n: number) =>
    `Accounts that were never members may use ${operations.length > 1 ? 'each of ' : ''}${and(operations)} ${times(n)} free of charge.`,
  membersSpend: 'Only members may spend, trials included.',
  everyoneSpends: 'Accounts may spend with or without a membership.',

  eachAnniversary: (credits: string) => `${credits} on joining and on that day of every month`,
  eachMonthOn: (credits: string, day: number) => `${credits} on joining and on day ${day} of every month`,
  fairUse: (n: number) => `unlimited, up to a fair use of ${n} credits a month`,
  noneIncluded: 'no credits included',
  forLife: 'for life, without payment',
  paidBy: { P1M: 'paid by the month', P1Y: 'paid by the year' },
  slotPrice: (price: string) => `${price} per slot`,
  grace: (duration: string) => `a grace period of ${describeDuration(duration)}`,
  trial: (duration: string, n: number, source: string, per: 'account' | 'membership') =>
    `a trial of ${describeDuration(duration)} gives ${n} ${source} credits at once, once per ${per}`,
  launchOfPlan: (credits: string, per: 'window' | 'month') => `${credits} at the launch, once per ${per}`,
  refundsOfPlans: {
    revoke_unused:
      'If a payment goes back, the unused credits of its months are revoked in proportion; used ones stay.',
    keep: 'If a payment goes back, the credits of its months stay.',
  },

  launch: (from: string, duration: string, source: string) =>
    `At the launch, ${from}, for ${describeDuration(duration)}: ${source} credits.`,
  compensated: (causes: string[], bonus: string) => `For ${and(causes)}: lost credits are restored, ${bonus}.`,
  noBonus: 'without a bonus',
  bonus: (n: number, most: number, source: string) =>
    `plus ${times(n)} as much in ${source} credits, at most ${times(most)}`,
  approvedAbove: (n: number) => `Compensations above ${n} credits need an approval.`,
  auditBonus: (n: number, source: string) => `For an audit that finds missing credits: ${n} ${source} credits.`,
  campaigns: (sources: string[]) => `Campaigns may grant ${and(sources)} credits, once per account.`,

  free: 'free',
  costs: (n: number, unit: string) => `${count(n, 'credit')} per ${unit}`,
  costsBetween: (least: number, most: number | null, unit: string) =>
    `${least}${most === null ? ' credits or more' : ` to ${most} credits`} per ${unit}, stated by the service`,
  rateOfOutput: (n: number, unit: string) => `${n} ${n === 1 ? 'credit' : 'credits'} per ${unit}`,
  rateOfOption: (option: string, value: string, n: number) => `${option} ${value}: ${n} more per output`,
  factorOfOption: (option: string, value: string, factor: number) => `${option} ${value}: times ${factor}`,
  rateOfMeter: (n: number, per: number, meter: string, included: number) =>
    `${n} ${n === 1 ? 'credit' : 'credits'} per ${per.toLocaleString('en')} ${meter}${included > 0 ? ` beyond ${included.toLocaleString('en')}` : ''}`,
  atLeast: (n: number) => `at least ${count(n, 'credit')}`,
  atMost: (n: number) => `at most ${count(n, 'credit')}`,
  rounding: { up: 'rounded up', carry: 'fractions of a credit are carried to the next generation' },
  typically: (usage: [meter: string, quantity: number][], n: number) =>
    `a typical request (${and(usage.map(([meter, quantity]) => `${quantity.toLocaleString('en')} ${meter}`))}) costs at most ${count(n, 'credit')}`,
  costStated: 'charged at the cost that the service states at the end',
  excess: {
    reject: 'never more than was reserved; a higher cost is refused',
    cap: 'never more than was reserved',
    draw: 'what it costs beyond the reservation is taken from the available credits',
  },
  shortfall: { cap: 'what is missing is waived', debt: 'what is missing becomes a debt' },
  holdsAtMost: (n: number) => `a request reserves at most ${count(n, 'credit')}`,
  reportedCharged: 'at the deadline the reported usage is charged',
  lateCharged: (minutes: number) => `results are charged until ${minutesOrHours(minutes)} after the deadline`,
  extendable: (minutes: number) => `the deadline can move to ${minutesOrHours(minutes)} after the reservation`,
  outputs: (normally: number, most: number) => `outputs: ${normally} by default, at most ${most}`,
  needs: (options: string[]) => `needs ${and(options)}`,
  optionNeeds: (option: string, others: string[]) => `${option} needs ${and(others)}`,
  onlyFor: (plans: string[]) => `for ${and(plans)} only`,

  byExpiry: 'the credits that expire earliest; those that never expire come last',
  bySource: (sources: string[]) => `in the order ${sources.join(', then ')}`,
  byAge: 'the older credits',
  first: (criterion: string) => `First ${criterion}.`,
  ifEqual: (criteria: string[]) => `If equal, ${criteria.join('; then ')}.`,

  validity: (source: string, life: string) => `${capital(source)} credits ${life}.`,
  neverExpires: 'never expire',
  untilNextGrant: 'expire at the next grant',
  statedByGrant: 'expire as their grant says',
  expiresAfter: (duration: string) => `expire ${describeDuration(duration)} after their grant`,
  frozen: (life: string) => `${life}, and are frozen without a membership`,

  allAccounts: 'All accounts',
  noLimit: 'no limits of its own',
  creditsADay: (n: number | null) => either(n, 'credits a day (UTC)'),
  oneAbove: 'one output above that if it is the first of the day',
  atOnce: (n: number | null) => either(n, 'generations at once'),
  perMinute: (n: number | null) => either(n, 'requests a minute'),
  priority: (n: number) => `priority ${n} of 5`,

  sold: (credits: string, price: string) => `${credits} for ${price}`,
  random: (from: number, to: number, source: string) => `${from} to ${to}, at random, ${source} credits`,
  percentOff: (percent: number) => `${percent} % off`,
  percentFrom: (percent: number, from: number) => `${percent} % off from ${from} packages`,
  quantities: (all: number[]) => `${all.join(', ')} at once`,
  withoutExpiry: 'without expiry',
  validFor: (duration: string) => `for ${describeDuration(duration)}`,
  quantityFor: (quantity: string, duration: string) => `${quantity} for ${describeDuration(duration)}`,
  asCode: 'as a redemption code',
  members: 'members',
  certainAccounts: 'certain accounts',
  neverRefunded: 'Purchases are not refunded.',
  refunded: (duration: string, what: 'unused_part' | 'unused_only') =>
    `Within ${describeDuration(duration)} of the purchase, ${what === 'unused_part' ? 'unused credits are refunded pro rata' : 'it is refunded if no credits were used'}.`,
}

export type Words = typeof en
