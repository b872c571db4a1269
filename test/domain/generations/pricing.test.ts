import { type PriceRequest, priceOf } from '../../../domain/generations/pricing.ts'
import { policyWith, refusalOf } from '../policy/example-policy.ts'

const policy = policyWith({
  operations: {
    fixed: { cost: 2 },
    free: { cost: 0 },
    many: { cost: 3, outputs: { default: 4, maximum: 8 } },
    range: { cost: { minimum: 5, maximum: 25 }, outputs: { maximum: 4 } },
    open: { cost: { minimum: 50, maximum: null }, outputs: { maximum: 2 } },
    photo: {
      cost: 1,
      options: { background: [true, false, 'sky'], logo: [true, false] },
      requires: { logo: ['background'] },
    },
    styled: { cost: 1, options: { size: ['small', 'large'], logo: [true] } },
  },
})

test.each<[PriceRequest, outputs: number, unit_cost: number, cost: number]>([
  [{ operation: 'fixed' }, 1, 2, 2],
  [{ operation: 'fixed', price: 2 }, 1, 2, 2],
  [{ operation: 'fixed', price: undefined, outputs: undefined, options: undefined }, 1, 2, 2],
  [{ operation: 'free' }, 1, 0, 0],
  [{ operation: 'free', price: 0 }, 1, 0, 0],
  [{ operation: 'many' }, 4, 3, 12],
  [{ operation: 'many', outputs: 1 }, 1, 3, 3],
  [{ operation: 'many', outputs: 8 }, 8, 3, 24],
  [{ operation: 'range', price: 5 }, 1, 5, 5],
  [{ operation: 'range', price: 25, outputs: 4 }, 4, 25, 100],
  [{ operation: 'open', price: 50 }, 1, 50, 50],
  [{ operation: 'open', price: 1_000_000 }, 1, 1_000_000, 1_000_000],
  [{ operation: 'open', price: Number.MAX_SAFE_INTEGER }, 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  [{ operation: 'photo', options: { background: true } }, 1, 1, 1],
  [{ operation: 'photo', options: { background: 'sky', logo: true } }, 1, 1, 1],
  [{ operation: 'photo', options: { logo: false } }, 1, 1, 1],
  [{ operation: 'styled', options: {} }, 1, 1, 1],
  [{ operation: 'styled', options: { size: 'large', logo: true } }, 1, 1, 1],
])('%j is %i outputs at %i: %i credits', (request, outputs, unit_cost, cost) => {
  expect(priceOf(policy, request)).toMatchObject({ outputs, unit_cost, cost, terms: null })
})

test.each<[PriceRequest, minimum: number, maximum: number | null]>([
  [{ operation: 'fixed', price: 1 }, 2, 2],
  [{ operation: 'fixed', price: 3 }, 2, 2],
  [{ operation: 'range', price: 4 }, 5, 25],
  [{ operation: 'range', price: 26 }, 5, 25],
  [{ operation: 'range', price: 5.5 }, 5, 25],
  [{ operation: 'range', price: Number.NaN }, 5, 25],
  [{ operation: 'open', price: 49 }, 50, null],
  [{ operation: 'open', price: Number.POSITIVE_INFINITY }, 50, null],
])('%j is refused: price_out_of_range, %j to %j', (request, minimum, maximum) => {
  const refusal = refusalOf(() => priceOf(policy, request))
  expect(refusal).toMatchObject({ code: 'price_out_of_range', minimum, maximum })
})

test.each(['paint', 'constructor', '__proto__', ''])('%j is refused: unknown_operation', operation => {
  const refusal = refusalOf(() => priceOf(policy, { operation }))
  expect(refusal).toEqual({
    code: 'unknown_operation',
    detail: 'Example offers fixed, free, many, range, open, photo, styled.',
  })
})

test.each<[PriceRequest, path: string, message: string]>([
  [{ operation: 'many', outputs: 0 }, 'outputs', 'must be a whole number of at least 1'],
  [{ operation: 'many', outputs: -1 }, 'outputs', 'must be a whole number of at least 1'],
  [{ operation: 'many', outputs: 1.5 }, 'outputs', 'must be a whole number of at least 1'],
  [{ operation: 'many', outputs: Number.NaN }, 'outputs', 'must be a whole number of at least 1'],
  [{ operation: 'many', outputs: 9 }, 'outputs', 'must be at most 8 for this operation'],
  [{ operation: 'fixed', outputs: 2 }, 'outputs', 'must be at most 1 for this operation'],
  [{ operation: 'range' }, 'price', 'is required: this operation costs 5 to 25 credits per output'],
  [{ operation: 'open' }, 'price', 'is required: this operation costs 50 credits or more per output'],
  [{ operation: 'open', outputs: 2, price: Number.MAX_SAFE_INTEGER }, 'price', 'makes the cost too large'],
  [{ operation: 'fixed', options: { size: 'small' } }, 'options.size', 'is not an option of this operation'],
  [{ operation: 'styled', options: { toString: 'small' } }, 'options.toString', 'is not an option of this operation'],
  [{ operation: 'styled', options: { size: 'huge' } }, 'options.size', 'must be one of small, large'],
  [{ operation: 'styled', options: { logo: false } }, 'options.logo', 'must be one of true'],
  [{ operation: 'styled', options: { logo: 'true' } }, 'options.logo', 'must be one of true'],
])('%j is refused: invalid_request, %s %s', (request, path, message) => {
  const refusal = refusalOf(() => priceOf(policy, request))
  expect(refusal).toMatchObject({ code: 'invalid_request', errors: [{ path, message }] })
})
