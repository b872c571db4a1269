import type { Operation, Policy } from '../policy/policy.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'

export type PriceRequest = {
  operation: string
  outputs?: number | undefined
  options?: Record<string, string | boolean> | undefined
  /** credits per output, if the policy has a range */
  price?: number | undefined
}

/** The price in whole credits: `cost = outputs × unit_cost` (XD-06). */
export type Price = { outputs: number; unit_cost: number; cost: number }

/**
 * Prices one use of an operation.
 * @throws Refused unknown_operation, price_out_of_range {minimum, maximum}, or invalid_request
 */
export function priceOf(policy: Policy, request: PriceRequest): Price {
  const operation = operationOf(policy, request.operation)
  const outputs = outputsOf(operation, request.outputs)
  checkOptions(operation, request.options ?? {})
  const unit_cost = unitCostOf(operation, request.price)
  const cost = outputs * unit_cost
  if (!Number.isSafeInteger(cost)) throw invalidRequest('price', 'makes the cost too large')
  return { outputs, unit_cost, cost }
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

function outputsOf(operation: Operation, asked: number | undefined): number {
  const outputs = asked ?? operation.outputs.default
  if (!Number.isSafeInteger(outputs) || outputs < 1)
    throw invalidRequest('outputs', 'must be a whole number of at least 1')
  if (outputs > operation.outputs.maximum)
    throw invalidRequest('outputs', `must be at most ${operation.outputs.maximum} for this operation`)
  return outputs
}

function checkOptions(operation: Operation, options: Record<string, string | boolean>): void {
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
    if (price !== undefined && price !== cost)
      throw new Refused({
        code: 'price_out_of_range',
        detail: `This operation costs ${cost} per output.`,
        minimum: cost,
        maximum: cost,
      })
    return cost
  }
  if (price === undefined)
    throw invalidRequest('price', `is required: this operation costs ${describeRange(cost)} per output`)
  const within = Number.isSafeInteger(price) && price >= cost.minimum && price <= (cost.maximum ?? price)
  if (!within)
    throw new Refused({
      code: 'price_out_of_range',
      detail: `This operation costs ${describeRange(cost)} per output.`,
      ...cost,
    })
  return price
}

function describeRange({ minimum, maximum }: { minimum: number; maximum: number | null }): string {
  return maximum === null ? `${minimum} credits or more` : `${minimum} to ${maximum} credits`
}
