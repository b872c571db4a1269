import {
  type PaidLine,
  type Subscription,
  subscriptionSnapshot,
} from '../../../../domain/memberships/subscriptions/subscription.ts'
import { plansFor } from '../../../../domain/memberships/terms.ts'
import { policyWith } from '../../policy/example-policy.ts'

const monthly = { source: 'monthly', credits: 100 }
const policy = policyWith({
  sources: { monthly: { validity: 'never_expires' } },
  plans: { basic: { name: 'Basic', monthly }, team: { name: 'Team', monthly } },
})
const plans = plansFor(policy, 'stripe')

const [JAN, FEB, NEXT_YEAR] = ['2026-01-10T00:00:00.000Z', '2026-02-10T00:00:00.000Z', '2027-01-10T00:00:00.000Z']
const basic = { id: 'si_1', plan: 'basic', slots: 1 }
const seats = { id: 'si_2', plan: null, slots: 7 }
const line = (fields: Partial<PaidLine>): PaidLine => ({
  item: 'si_1',
  plan: 'basic',
  slots: 1,
  from: JAN,
  to: FEB,
  proration: false,
  amount: 1000,
  invoice: 'in_1',
  ...fields,
})
const addOn = line({ item: 'si_2', plan: null, slots: 7, to: NEXT_YEAR })

const subscription = (fields: Partial<Subscription>): Subscription => ({
  status: 'active',
  plan: null,
  items: [basic],
  lines: [line({})],
  trial: null,
  cancel_at_period_end: false,
  billing_anchor: JAN,
  ended_at: null,
  ...fields,
})

test.each<[string, Partial<Subscription>, string | null, string[]]>([
  ['one item', {}, 'basic × 1', ['basic × 1 01-10 to 02-10']],
  [
    'a plan and a yearly add-on',
    { items: [basic, seats], lines: [line({}), addOn] },
    'basic × 1',
    ['basic × 1 01-10 to 02-10'],
  ],
  ['the add-on first', { items: [seats, basic], lines: [addOn, line({})] }, 'basic × 1', ['basic × 1 01-10 to 02-10']],
  [
    'the plan in metadata',
    { plan: 'team', items: [seats], lines: [line({ item: 'si_2', plan: null, plan_then: 'team', slots: 7 })] },
    'team × 7',
    ['team × 7 01-10 to 02-10'],
  ],
  [
    'another plan in metadata since it was paid',
    { plan: 'team', items: [seats], lines: [line({ item: 'si_2', plan: null, plan_then: 'basic', slots: 7 })] },
    'team × 7',
    ['basic × 7 01-10 to 02-10'],
  ],
  [
    'a paid price without a plan',
    { items: [{ ...basic, plan: 'team' }], lines: [line({ plan: null })] },
    'team × 1',
    [],
  ],
  [
    'the plan in metadata, with several items',
    { plan: 'team', items: [seats, { ...seats, id: 'si_3' }], lines: [addOn] },
    null,
    [],
  ],
  ['two items with plans', { items: [basic, { id: 'si_3', plan: 'team', slots: 1 }] }, null, []],
  ['an item without a plan', { items: [seats], lines: [addOn] }, null, []],
  [
    'a line of an item that was replaced',
    { items: [{ ...basic, id: 'si_9', plan: 'team' }], lines: [line({})] },
    'team × 1',
    ['basic × 1 01-10 to 02-10'],
  ],
  ['a trial', { trial: { from: JAN, to: FEB }, lines: [] }, 'basic × 1', ['basic × 1 01-10 to 02-10']],
  ['a quantity of 0', { items: [{ ...basic, slots: 0 }], lines: [line({ slots: 0, amount: 0 })] }, 'basic × 0', []],
  [
    'a trial after a payment',
    {
      trial: { from: FEB, to: NEXT_YEAR },
      lines: [line({}), line({ from: FEB, to: NEXT_YEAR, amount: 0, invoice: 'in_2' })],
    },
    'basic × 1',
    ['basic × 1 01-10 to 02-10'],
  ],
])('%s', (_, fields, plan, paid) => {
  const snapshot = subscriptionSnapshot(subscription(fields), plans)
  expect(snapshot.plan && `${snapshot.plan.plan} × ${snapshot.plan.slots}`).toBe(plan)
  expect(
    snapshot.paid.map(({ plan, slots, from, to }) => `${plan} × ${slots} ${from.slice(5, 10)} to ${to.slice(5, 10)}`),
  ).toEqual(paid)
})

test('a plan that is named in metadata after the payment counts only while there is no membership', () => {
  const named = subscription({ plan: 'team', items: [seats], lines: [line({ item: 'si_2', plan: null })] })
  expect(subscriptionSnapshot(named, plans, { isNew: true }).paid).toMatchObject([{ plan: 'team' }])
  expect(subscriptionSnapshot(named, plans)).toMatchObject({ paid: [], unassigned: [{ from: JAN, plan: null }] })
})
