import type { Operation } from '../policy/policy.ts'
import type { Words } from '../policy/words/en.ts'
import { ceilingOf, priceByCard } from './price.ts'
import type { RateCard } from './schema.ts'
import { secondsOf } from './time-span.ts'

/** The rates of an operation, and what they make of a typical request. */
export function describeRates(card: RateCard, unit: string, w: Words): string[] {
  const { per_output, options, meters, minimum, maximum, rounding, typical } = card
  const values = Object.entries(options).flatMap(([option, prices]) =>
    Object.entries(prices).map(([value, price]) => ({ option, value, price })),
  )
  return [
    ...(per_output > 0 ? [w.rateOfOutput(per_output, unit)] : []),
    ...values.map(({ option, value, price }) =>
      typeof price === 'number' ? w.rateOfOption(option, value, price) : w.factorOfOption(option, value, price.factor),
    ),
    ...Object.entries(meters).map(([name, { credits, per, included }]) => w.rateOfMeter(credits, per, name, included)),
    ...(minimum > 0 ? [w.atLeast(minimum)] : []),
    ...(maximum !== null ? [w.atMost(maximum)] : []),
    w.rounding[rounding],
    ...(Object.keys(typical).length > 0
      ? [w.typically(Object.entries(typical), ceilingOf(priceByCard(card, firstOptions(card), 1, typical)))]
      : []),
  ]
}

/** The first value of each option that has a price. */
function firstOptions({ options }: RateCard): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([option, values]) => [option, Object.keys(values)[0] ?? '']))
}

/** How an operation is settled, where it is metered, late or extended. */
export function describeSettlement({ rates, settlement }: Operation, w: Words): string[] {
  const { stated_cost, excess, shortfall, maximum_hold, at_timeout, late_settlement, extendable_to } = settlement
  const minutes = (span: string) => secondsOf(span) / 60
  const isMetered = rates !== null || stated_cost
  return [
    ...(stated_cost ? [w.costStated] : []),
    ...(isMetered ? [w.excess[excess]] : []),
    ...(isMetered && excess === 'draw' ? [w.shortfall[shortfall]] : []),
    ...(maximum_hold !== null ? [w.holdsAtMost(maximum_hold)] : []),
    ...(at_timeout === 'reported' ? [w.reportedCharged] : []),
    ...(late_settlement !== null ? [w.lateCharged(minutes(late_settlement))] : []),
    ...(extendable_to !== null ? [w.extendable(minutes(extendable_to))] : []),
  ]
}
