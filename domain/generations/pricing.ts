import type { Operation, Policy } from '../policy/policy.ts'
import { checkUsage } from '../rates/charge.ts'
import { ceilingOf, type Options, type PriceLine, priceByCard, type Usage } from '../rates/price.ts'
import type { RateCard } from '../rates/schema.ts'
import { type SettlementTerms, settlementTerms } from '../rates/terms.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'

export type PriceRequest = {
  operation: string
  outputs?: number | undefined
  options?: Options | undefined
  /** credits per output, if the policy has a range */
  price?: number | undefined
  usage_estimate?: Usage | undefined
  maximum_cost?: number | undefined
}

/**
 * The price in whole credits: `cost = outputs × unit_cost` (XD-06). Where a rate card or a maximum decides, `cost` is the
 * ceiling of what the generation can cost, and unit_cost is null (RC-02).
 */
export type Price = {
  outputs: number
  unit_cost: number | null
  cost: number
  lines: PriceLine[]
  terms: SettlementTerms | null
}

/**
 * Prices one use of an operation.
 * @throws Refused unknown_operation, price_out_of_range {minimum, maximum}, or invalid_request
 */
export function priceOf(policy: Policy, request: PriceRequest): Price {
  const operation = operationOf(policy, request.operation)
  const outputs = outputsOf(operation, request.outputs)
  checkOptions(operation, request.options ?? {})
  const priced = decidedPrice(operation, outputs, request)
  if (!Number.isSafeInteger(priced.cost)) throw invalidRequest('price', 'makes the cost too large')
  checkHold(operation, priced.cost)
  return { outputs, ...priced, terms: settlementTerms(policy, request) }
}

/** An operation of the policy. @throws Refused unknown_operation */
export function operationOf(policy: Policy, name: string): Operation {
  const operation = Object.hasOwn(policy.operations, name) ? policy.operations[name] : undefined
  if (operation) return operation
  throw new Refused({
    code: 'unknown_operation',
    detail: `${policy.name} offers ${Object.keys(policy.operations).join(', ')}.`,
  })
}

type DecidedPrice = Pick<Price, 'unit_cost' | 'cost' | 'lines'>

function decidedPrice(operation: Operation, outputs: number, request: PriceRequest): DecidedPrice {
  const { rates, settlement } = operation
  if (rates) return priceByRates(rates, outputs, request)
  if (request.usage_estimate !== undefined)
    throw invalidRequest('usage_estimate', 'is for operations with meters; GET /v1/operations lists them')
  if (request.maximum_cost === undefined) {
    const unit_cost = unitCostOf(operation, request.price)
    const cost = outputs * unit_cost
    return {
      unit_cost,
      cost,
      lines: [{ item: 'outputs', quantity: outputs, rate: `${unit_cost}`, credits: `${cost}` }],
    }
  }
  if (!settlement.stated_cost || typeof operation.cost === 'number')
    throw invalidRequest('maximum_cost', 'is for operations that are settled by usage or by a stated cost')
  if (request.price !== undefined) throw invalidRequest('maximum_cost', 'must not be combined with price')
  const { minimum, maximum } = operation.cost
  checkRange(request.maximum_cost, outputs * minimum, maximum === null ? null : outputs * maximum)
  return maximumHeld(request.maximum_cost)
}

function priceByRates(card: RateCard, outputs: number, request: PriceRequest): DecidedPrice {
  const { options = {}, usage_estimate, maximum_cost, price } = request
  if (price !== undefined) throw invalidRequest('price', 'is not used: rates decide what this operation costs')
  for (const option of Object.keys(card.options))
    if (options[option] === undefined) throw invalidRequest(`options.${option}`, 'is required: it decides the price')
  if (maximum_cost !== undefined) {
    if (usage_estimate !== undefined) throw invalidRequest('maximum_cost', 'must not be combined with usage_estimate')
    checkRange(maximum_cost, card.minimum, card.maximum)
    return maximumHeld(maximum_cost)
  }
  const meters = Object.keys(card.meters)
  if (meters.length > 0 && usage_estimate === undefined)
    throw invalidRequest('usage_estimate', `is required, with ${meters.join(', ')}; or else maximum_cost`)
  checkUsage('usage_estimate', card, usage_estimate ?? {})
  const priced = priceByCard(card, options, outputs, usage_estimate ?? {})
  return { unit_cost: null, cost: ceilingOf(priced), lines: priced.lines }
}

function maximumHeld(cost: number): DecidedPrice {
  return {
    unit_cost: null,
    cost,
    lines: [{ item: 'maximum_cost', quantity: null, rate: `${cost}`, credits: `${cost}` }],
  }
}

function checkHold({ settlement: { maximum_hold } }: Operation, cost: number): void {
  if (maximum_hold === null || cost <= maximum_hold) return
  throw new Refused({
    code: 'price_out_of_range',
    detail: `One request of this operation holds at most ${maximum_hold} credits.`,
    minimum: 0,
    maximum: maximum_hold,
  })
}

function outputsOf(operation: Operation, asked: number | undefined): number {
  const outputs = asked ?? operation.outputs.default
  if (!Number.isSafeInteger(outputs) || outputs < 1)
    throw invalidRequest('outputs', 'must be a whole number of at least 1')
  if (outputs > operation.outputs.maximum)
    throw invalidRequest('outputs', `must be at most ${operation.outputs.maximum} for this operation`)
  return outputs
}

function checkOptions(operation: Operation, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    const allowed = Object.hasOwn(operation.options, name) ? operation.options[name] : undefined
    if (!allowed) throw invalidRequest(`options.${name}`, 'is not an option of this operation')
    if (!allowed.includes(value)) throw invalidRequest(`options.${name}`, `must be one of ${allowed.join(', ')}`)
    const missing = (operation.requires[name] ?? []).find(other => !options[other])
    if (value && missing) throw invalidRequest(`options.${name}`, `needs the option ${missing} as well`)
  }
  const absent = operation.required_options.find(name => !options[name])
  if (absent) throw invalidRequest(`options.${absent}`, 'is required for this operation')
}

function unitCostOf({ cost }: Operation, price: number | undefined): number {
  if (typeof cost === 'number') {
    if (price !== undefined && price !== cost) checkRange(price, cost, cost, `This operation costs ${cost} per output.`)
    return cost
  }
  const detail = `this operation costs ${describeRange(cost)} per output`
  if (price === undefined) throw invalidRequest('price', `is required: ${detail}`)
  checkRange(price, cost.minimum, cost.maximum, `T${detail.slice(1)}.`)
  return price
}

/** @throws Refused price_out_of_range */
export function checkRange(
  price: number,
  minimum: number,
  maximum: number | null,
  detail = `It must be ${describeRange({ minimum, maximum })}.`,
): void {
  if (Number.isSafeInteger(price) && price >= minimum && price <= (maximum ?? price)) return
  throw new Refused({ code: 'price_out_of_range', detail, minimum, maximum })
}

function describeRange({ minimum, maximum }: { minimum: number; maximum: number | null }): string {
  return maximum === null ? `${minimum} credits or more` : `${minimum} to ${maximum} credits`
}
