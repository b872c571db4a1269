import type { ProviderState } from '../../../../domain/memberships/membership.ts'
import {
  type SubscriptionSnapshot,
  subscriptionSnapshot,
} from '../../../../domain/memberships/subscriptions/subscription.ts'
import { openFromProvider, syncFromProvider } from '../../../../domain/memberships/subscriptions/sync.ts'
import { plansFor } from '../../../../domain/memberships/terms.ts'
import { day, FEB, JAN, MAR, open, period, plans, policy, snapshot } from './example-subscription.ts'

const grants = ({ due }: { due: { at: string; credits: number }[] }) =>
  due.map(({ at, credits }) => `${credits} ${at.slice(5, 10)}`)

test('the same snapshot again changes nothing', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const again = syncFromProvider(membership, snapshot(), plans, day('01-16'))
  expect(again).toEqual({ membership, due: [], events: [] })
})

test.each([
  ['nothing paid', snapshot({ paid: [] }), false],
  ['an unknown plan', snapshot({ plan: null }), true],
  [
    'a payment whose plan is unknown',
    snapshot({ paid: [], unassigned: [{ ...JAN, plan: null, slots: 1, proration: false }] }),
    true,
  ],
  ['a quantity of 0', snapshot({ plan: { plan: 'basic', slots: 0 }, paid: [] }), true],
  ['an unknown plan, over already', snapshot({ plan: null, status: 'canceled' }), false],
  [
    'a trial that the plan does not offer',
    snapshot({ status: 'trialing', paid: [period('01-10', '01-24')], trial_ends_at: day('01-24') }),
    false,
  ],
])('%s starts no membership', (_, said, attention) => {
  expect(openFromProvider(said, plans, { since: day('01-01') }, day('01-15'))).toMatchObject({ attention })
})

test('a payment whose plan is unknown keeps the plan and raises attention', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const unassigned = [{ ...JAN, plan: null, slots: 1, proration: false }]
  const announced = snapshot({ plan: { plan: 'team', slots: 20 }, paid: [], unassigned })
  const synced = syncFromProvider(membership, announced, plans, day('01-16'))
  expect(grants(synced)).toEqual([])
  expect(synced.membership).toMatchObject({
    plan: 'basic',
    provider: { attention: expect.stringMatching(/^Subscription with an unknown plan: a paid price/) },
  })
})

test('a quantity that is set to 0 raises attention', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const none = snapshot({ plan: { plan: 'basic', slots: 0 }, paid: [{ ...JAN, slots: 1 }] })
  expect(syncFromProvider(membership, none, plans, day('01-16')).membership).toMatchObject({
    plan: 'basic',
    slots: 1,
    provider: { attention: expect.stringMatching(/quantity of its plan is 0/) },
  })
})

test('periods that ended before the account existed grant nothing', () => {
  const opened = open(snapshot({ paid: [JAN, FEB, MAR] }), day('03-20'), day('03-01'))
  expect(grants(opened)).toEqual(['100 02-10', '100 03-10'])
})

test('a gap in the paid time starts a new anchor; without a gap the day stays', () => {
  const { membership } = open(snapshot(), day('02-20'))
  expect(membership).toMatchObject({ state: 'lapsed', lapsed_at: JAN.to })
  const late = syncFromProvider(membership, snapshot({ paid: [JAN, FEB] }), plans, day('02-25'))
  expect(late.membership).toMatchObject({ state: 'active', anchor: JAN.from, paid_through: FEB.to })
  expect(grants(late)).toEqual(['100 02-10'])
  const gap = syncFromProvider(membership, snapshot({ paid: [JAN, MAR] }), plans, day('03-15'))
  expect(gap.membership).toMatchObject({ state: 'active', anchor: MAR.from, paid_through: MAR.to })
  expect(grants(gap)).toEqual(['100 03-10'])
})

test('each paid period gets one grant, however late it is known and whatever lies between', () => {
  const { membership } = open(snapshot(), day('02-20'))
  const MAY = period('05-01', '06-01')
  const late = syncFromProvider(membership, snapshot({ paid: [JAN, MAR, MAY] }), plans, day('07-01'))
  expect(grants(late)).toEqual(['100 03-10', '100 05-01'])
  expect(late.membership).toMatchObject({ state: 'lapsed', lapsed_at: MAY.to })
  const again = syncFromProvider(late.membership, snapshot({ paid: [JAN, MAR, MAY] }), plans, day('07-02'))
  expect(grants(again)).toEqual([])
})

test('a cancellation at the period end may be withdrawn, even when that is known late', () => {
  const { membership } = open(snapshot({ cancel_at_period_end: true }), day('01-15'))
  expect(membership.cancel_at_period_end).toBe(true)
  const ends = syncFromProvider(membership, snapshot({ cancel_at_period_end: true }), plans, day('02-15'))
  expect(ends.membership).toMatchObject({ state: 'ended', lapsed_at: JAN.to })
  const goesOn = syncFromProvider(membership, snapshot({ paid: [JAN, FEB] }), plans, day('02-15'))
  expect(goesOn.membership).toMatchObject({ state: 'active', cancel_at_period_end: false })
})

test.each([true, false])(
  'what the provider has not heard yet is not taken from it: cancellation undone here: %s',
  undone => {
    const { membership: opened } = open(snapshot(), day('01-15'))
    const provider = { ...(opened.provider as ProviderState), cancel_at_period_end: !undone }
    const asked = {
      to: undone ? ('continued' as const) : ('cancelled_at_period_end' as const),
      since: day('01-20'),
      refused: null,
    }
    const before = { ...opened, provider, subscription_change: asked, cancel_at_period_end: !undone }
    const { membership } = syncFromProvider(before, snapshot({ cancel_at_period_end: undone }), plans, day('01-20'))
    expect(membership).toMatchObject({ cancel_at_period_end: !undone, subscription_change: asked })
  },
)

test('slots follow the quantity; a manual change stays until the quantity changes', () => {
  const team = (slots: number) => snapshot({ plan: { plan: 'team', slots } })
  const { membership } = open(team(2), day('01-15'))
  const grown = syncFromProvider(membership, team(5), plans, day('01-20'))
  expect(grants(grown)).toEqual(['30 01-20'])
  const byHand = { ...grown.membership, slots: 7 }
  expect(syncFromProvider(byHand, team(5), plans, day('01-21')).membership.slots).toBe(7)
  expect(syncFromProvider(byHand, team(8), plans, day('01-21')).membership.slots).toBe(8)
})

test('a change of slots alone keeps the sold terms', () => {
  const { membership } = open(snapshot({ plan: { plan: 'team', slots: 1 } }), day('01-15'))
  const sold = { ...membership, terms: { ...membership.terms, policy_version: 0 } }
  const more = syncFromProvider(sold, snapshot({ plan: { plan: 'team', slots: 2 } }), plans, day('01-20'))
  expect(more.membership.terms.policy_version).toBe(0)
  const other = syncFromProvider(sold, snapshot({ plan: { plan: 'basic', slots: 1 } }), plans, day('01-20'))
  expect((other.membership.scheduled ?? other.membership).terms.policy_version).toBe(1)
})

test('a trial ends when the provider says, earlier or later than it first said', () => {
  const trial = (end: string, more: object[] = []) =>
    snapshot({
      status: more.length > 0 ? 'active' : 'trialing',
      plan: { plan: 'tried', slots: 1 },
      paid: [period('01-10', end), ...(more as SubscriptionSnapshot['paid'])],
      trial_ends_at: day(end),
    })
  const { membership } = open(trial('01-24'), day('01-15'))
  expect(membership).toMatchObject({ state: 'trialing', paid_through: day('01-24') })
  const longer = syncFromProvider(membership, trial('01-30'), plans, day('01-28'))
  expect(longer.membership).toMatchObject({ state: 'trialing', paid_through: day('01-30') })
  const paid = trial('01-18', [period('01-18', '02-18')])
  const sooner = syncFromProvider(membership, paid, plans, day('01-18'))
  expect(sooner.membership).toMatchObject({
    state: 'active',
    anchor: day('01-18'),
    paid_through: day('02-18'),
  })
  expect(grants(sooner)).toEqual(['100 01-18'])
})

test('a cancelled subscription ends at its own time, with all that was paid before', () => {
  const said = snapshot({ status: 'canceled', paid: [JAN, FEB], ended_at: day('02-20') })
  const opened = open(said, day('05-01'))
  expect(grants(opened)).toEqual(['100 01-10', '100 02-10'])
  expect(opened.membership).toMatchObject({ state: 'ended', lapsed_at: day('02-20') })
})

const onTeam = { plan: 'team', slots: 20 }
const restOfJan = { ...onTeam, ...period('01-20', '02-10'), proration: true }

test('an upgrade counts when its invoice is paid, not when it is announced', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const announced = snapshot({
    plan: onTeam,
    paid: [{ ...JAN, plan: 'basic', slots: 1 }],
    status: 'past_due',
  })
  const unpaid = syncFromProvider(membership, announced, plans, day('01-20'))
  expect(unpaid.membership).toMatchObject({ plan: 'basic', scheduled: null })
  expect(grants(unpaid)).toEqual([])
  const invoicePaid = snapshot({ plan: onTeam, paid: [{ ...JAN, plan: 'basic', slots: 1 }, restOfJan] })
  const paid = syncFromProvider(unpaid.membership, invoicePaid, plans, day('01-21'))
  expect(paid.membership).toMatchObject(onTeam)
  expect(grants(paid)).toEqual(['100 01-21'])
})

test('a downgrade counts with the first period that is paid for it', () => {
  const team = snapshot({ plan: onTeam })
  const { membership } = open(team, day('01-15'))
  const announced = snapshot({ paid: [{ ...JAN, ...onTeam }] })
  const before = syncFromProvider(membership, announced, plans, day('02-01'))
  expect(before.membership).toMatchObject({ ...onTeam, scheduled: null })
  const renewed = snapshot({ paid: [{ ...JAN, ...onTeam }, FEB] })
  const after = syncFromProvider(before.membership, renewed, plans, day('02-11'))
  expect(after.membership).toMatchObject({ plan: 'basic', slots: 1 })
  expect(grants(after)).toEqual(['100 02-10'])
})

test('BR-01 a period that is paid from within another one begins a month of its own', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const restarted = snapshot({ paid: [JAN, period('01-20', '02-20')] })
  const done = syncFromProvider(membership, restarted, plans, day('01-21'))
  expect(done.membership).toMatchObject({ anchor: day('01-20'), paid_through: day('02-20') })
  expect(grants(done)).toEqual(['100 01-20'])
  const later = syncFromProvider(done.membership, restarted, plans, day('02-15'))
  expect(grants(later)).toEqual([])
})

test('a plan that the policy no longer has goes on under its own terms', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const { basic: _, ...others } = policy.plans
  const later = plansFor({ ...policy, plans: others }, 'stripe', membership)
  const renewed = subscriptionSnapshot(
    {
      status: 'active',
      plan: null,
      items: [{ id: 'si_1', plan: 'basic', slots: 1 }],
      lines: [JAN, FEB].map((times, n) => ({
        ...{ item: 'si_1', plan: 'basic', slots: 1, proration: false, amount: 1000, invoice: `in_${n}` },
        ...times,
      })),
      trial: null,
      cancel_at_period_end: false,
      billing_anchor: day('01-10'),
      ended_at: null,
    },
    later,
  )
  const step = syncFromProvider(membership, renewed, later, day('02-15'))
  expect(step.membership).toMatchObject({ state: 'active', paid_through: FEB.to, provider: { attention: null } })
  expect(grants(step)).toEqual(['100 02-10'])
})

test('a period that is paid before it starts resumes a lapsed membership when it starts', () => {
  const { membership } = open(snapshot(), day('01-15'))
  const lapsed = syncFromProvider(membership, snapshot({ status: 'past_due' }), plans, day('02-12')).membership
  expect(lapsed.state).toBe('lapsed')
  const paid = snapshot({ paid: [JAN, MAR] })
  const early = syncFromProvider(lapsed, paid, plans, day('02-13'))
  expect(early.membership.state).toBe('lapsed')
  const resumed = syncFromProvider(early.membership, paid, plans, day('03-10'))
  expect(resumed.membership).toMatchObject({ state: 'active', anchor: MAR.from, paid_through: MAR.to })
  expect(grants(resumed)).toEqual(['100 03-10'])
})
