import {
  planReservation,
  type ReservationContext,
  type ReservationRequest,
} from '../../../domain/generations/reservation.ts'
import { openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import { anonymousContext, type EntitlementContext, entitlementsOf } from '../../../domain/policy/entitlements.ts'
import { policyWith, refusalOf } from '../policy/example-policy.ts'

const policy = policyWith({
  limits: { daily_credits: 75, concurrency: 4, requests_per_minute: 60 },
  plans: {
    small: { name: 'Small' },
    large: { name: 'Large', limits: { daily_credits: 250, concurrency: 20, priority: 1 } },
    endless: { name: 'Endless', unlimited: { fair_use_credits: 500 }, limits: { daily_credits: null } },
    late: { name: 'Late', unlimited: { fair_use_credits: 500 }, grace: 'P7D' },
  },
  generations: { corrections: 'free' },
  operations: {
    draw: { cost: 2, outputs: { default: 3, maximum: 8 } },
    tried: { cost: 2, free_trials: 3, outputs: { default: 2, maximum: 8 } },
    undo: { cost: 0, free_trials: 3 },
  },
})
const members = { ...policy, spending: { ...policy.spending, requires_membership: true } }

const now = '2027-02-10T15:00:00.000Z'
const anonymous = anonymousContext(new Date(now))

/** A member whose plans started on 2027-01-20, each paid for half a year. */
function memberOf(...plans: string[]): EntitlementContext {
  const opened = '2027-01-20T00:00:00.000Z'
  const memberships = plans.map(plan => {
    const opening = { plan, paid_through: '2027-07-20T00:00:00.000Z' }
    return openMembership(termsOf(policy, plan), opening, 'UTC', opened).membership
  })
  return { ...anonymous, memberships, member_until: '2027-07-20T00:00:00.000Z' }
}

const lapsed: EntitlementContext = { ...anonymous, member_until: '2027-01-01T00:00:00.000Z' }
const draw = { operation: 'draw' }
const tried = { operation: 'tried' }

const daily = (limit: number, amount = 6) => ({
  counter: 'daily',
  period: '2027-02-10',
  amount,
  limit,
  per: 'output',
})
const trial = { counter: 'trial/tried', period: 'ever', amount: 1, limit: 3, per: 'use' }
const fairUse = {
  counter: 'fair-use',
  period: '2027-02-20T00:00:00.000Z',
  amount: 6,
  limit: 500,
  per: 'output',
}

test.each<[name: string, request: ReservationRequest, context: EntitlementContext, plan: object, limits: object[]]>([
  ['a price under the daily limit', draw, anonymous, { cost: 6, unit_cost: 2, concurrency: 4 }, [daily(75)]],
  ['a plan without limits of its own', draw, memberOf('small'), { concurrency: 4 }, [daily(75)]],
  ['a plan with higher limits', draw, memberOf('large'), { concurrency: 20 }, [daily(250)]],
  ['the highest limits of several plans', draw, memberOf('small', 'large'), { concurrency: 20 }, [daily(250)]],
  [
    'limits set by support, lower or higher',
    draw,
    { ...memberOf('large'), limit_overrides: { daily_limit: 10, concurrency: 99 } },
    { concurrency: 99 },
    [daily(10)],
  ],
  [
    'an ended plan',
    draw,
    { ...memberOf('large'), now: '2027-07-20T00:00:00.000Z' },
    { concurrency: 4 },
    [{ ...daily(75), period: '2027-07-20' }],
  ],
  ['an unlimited plan', draw, memberOf('endless'), { cost: 0, unit_cost: 0, outputs: 3 }, [fairUse]],
  ['an unlimited plan among others', draw, memberOf('large', 'endless'), { cost: 0 }, [fairUse]],
  ['a free trial', tried, anonymous, { cost: 0, unit_cost: 0, outputs: 2, free_trial: true }, [trial]],
  ['no trial for a member', tried, memberOf('small'), { cost: 4, free_trial: false }, [daily(75, 4)]],
  ['no trial for a former member', tried, lapsed, { cost: 4, free_trial: false }, [daily(75, 4)]],
  ['a free operation counts toward no limit', { operation: 'undo' }, anonymous, { cost: 0, free_trial: false }, []],
])('%s', (_, request, context, plan, limits) => {
  const planned = planReservation(policy, request, context)
  expect(planned).toMatchObject(plan)
  expect(planned.limits).toMatchObject(limits)
  expect(planned.limits).toHaveLength(limits.length)
})

test.each<[name: string, account: EntitlementContext, context: ReservationContext, expected: object]>([
  ['a trial needs no membership', anonymous, {}, { free_trial: true, requires_membership: false }],
  ['a lapsed member needs a membership', lapsed, {}, { free_trial: false, requires_membership: true }],
  [
    'a paid use needs a membership',
    anonymous,
    { paid: true },
    { free_trial: false, requires_membership: true, cost: 4 },
  ],
])('where spending requires a membership: %s', (_, account, context, expected) => {
  expect(planReservation(members, tried, account, context)).toMatchObject(expected)
})

test.each([
  ['nobody', anonymous, 'membership_required'],
  ['a former member', lapsed, 'membership_required'],
  ['a member of another plan', memberOf('small'), 'plan_required'],
])('an operation of some plans for %s: %s', (_, account, code) => {
  const exclusive = policyWith({ plans: policy.plans, operations: { draw: { cost: 2, plans: ['large'] } } })
  const refusal = refusalOf(() => planReservation(exclusive, draw, account))
  expect(refusal).toEqual({ code, plans: ['large'], detail: 'draw is included in: Large.' })
  expect(planReservation(exclusive, draw, memberOf('small', 'large'))).toMatchObject({ cost: 2 })
})

test('refusals name their subject, the reset time and the next step', () => {
  const refusals = (context: EntitlementContext, request = draw) =>
    planReservation(policy, request, context).limits.map(limit => limit.refusal)
  expect(refusals(anonymous)).toEqual([
    {
      code: 'daily_limit_reached',
      limit: 75,
      required: 6,
      waiting_helps: true,
      resets_at: '2027-02-11T00:00:00.000Z',
      detail:
        'The limit is 75 credits a day; it resets at 2027-02-11T00:00:00.000Z. Large (250), Endless (no daily limit) or support can raise it.',
    },
  ])
  expect(refusals(anonymous, tried)).toEqual([
    {
      code: 'trial_exhausted',
      detail: 'All 3 free trials of tried are used. Continue with a membership: Small, Large, Endless, Late.',
    },
  ])
  expect(refusals(memberOf('endless'))).toMatchObject([
    { code: 'fair_use_reached', resets_at: '2027-02-20T00:00:00.000Z' },
  ])
})

describe('a request that costs more than a day allows', () => {
  const first = policyWith({
    limits: { daily_credits: 75, above_daily_credits: 'first_of_day' },
    plans: { large: { name: 'Large', limits: { daily_credits: 250 } } },
    operations: {
      film: { cost: 50, outputs: { default: 1, maximum: 9 } },
      train: { cost: 100, outputs: { default: 1, maximum: 9 } },
    },
  })
  const never = { ...first, limits: { ...first.limits, above_daily_credits: 'refuse' as const } }
  const raise = 'Large (250) or support can raise it.'
  test.each([
    [
      'one output, accepted as the first of the day',
      first,
      'train',
      1,
      100,
      true,
      `It is accepted once a day, before other credits are used. ${raise}`,
    ],
    ['one output, never accepted', never, 'train', 1, 75, false, `so waiting does not help. ${raise}`],
    [
      'several outputs that fit one by one',
      first,
      'film',
      2,
      75,
      false,
      `so waiting does not help: request at most 1 output at once. ${raise}`,
    ],
    [
      'several outputs, each too much',
      first,
      'train',
      2,
      75,
      false,
      `request one output at once, before other credits are used that day. ${raise}`,
    ],
    ['more than any plan allows', first, 'train', 3, 75, false, 'used that day. Support can raise it.'],
  ] as const)('%s', (_, policy, operation, outputs, limit, waiting_helps, way) => {
    const [daily] = planReservation(policy, { operation, outputs }, anonymous).limits
    expect(daily).toMatchObject({ limit, refusal: { limit: 75, required: daily?.amount, waiting_helps } })
    expect(daily?.refusal.detail).toContain(way)
  })
})

test('of several plans the highest limit counts, and no limit is the highest', () => {
  const { daily_credits, concurrency, priority } = entitlementsOf(policy, memberOf('small', 'large', 'endless'))
  expect({ daily_credits, concurrency, priority }).toEqual({
    daily_credits: null,
    concurrency: 20,
    priority: 1,
  })
})

test('the month of fair use ends at the next anniversary, also while the membership is past due', () => {
  const overdue = { ...memberOf('late'), now: '2027-07-22T00:00:00.000Z' }
  expect(entitlementsOf(policy, overdue).unlimited).toEqual({
    fair_use_limit: 500,
    resets_at: '2027-08-20T00:00:00.000Z',
  })
})

describe('corrections', () => {
  const corrected = { id: 'gen_1', operation: 'draw', outputs: 3, corrections_allowed: 2 }
  const request = { operation: 'draw', correction_of: 'gen_1' }

  it('cost nothing as often as a report allows', () => {
    expect(planReservation(policy, request, anonymous, { corrected })).toMatchObject({
      cost: 0,
      outputs: 3,
      limits: [{ counter: 'correction/gen_1', period: 'ever', amount: 1, limit: 2, per: 'use' }],
    })
  })

  it.each([
    ['an unknown generation', request, null, 'correction_of'],
    ['a generation without a report', request, { ...corrected, corrections_allowed: 0 }, 'correction_of'],
    ['another operation', { ...request, operation: 'tried' }, corrected, 'operation'],
    ['more outputs than reported', { ...request, outputs: 4 }, corrected, 'outputs'],
  ])('of %s are refused', (_, request, correctedGeneration, path) => {
    const refusal = refusalOf(() => planReservation(policy, request, anonymous, { corrected: correctedGeneration }))
    expect(refusal).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
  })

  it('are priced normally where the product has no free corrections', () => {
    const withoutCorrections = { ...policy, generations: { ...policy.generations, corrections: 'none' as const } }
    expect(planReservation(withoutCorrections, request, anonymous)).toMatchObject({ cost: 6 })
  })
})
