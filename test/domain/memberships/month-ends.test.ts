import { apply, type MembershipEvent } from '../../../domain/memberships/events.ts'
import { openMembership } from '../../../domain/memberships/opening.ts'
import { subscriptionSnapshot } from '../../../domain/memberships/subscriptions/subscription.ts'
import { openFromProvider, syncFromProvider } from '../../../domain/memberships/subscriptions/sync.ts'
import { plansFor, termsOf } from '../../../domain/memberships/terms.ts'
import { anniversary } from '../../../domain/shared/calendar.ts'
import { policy, reactivate, renew, shortTime, testMemberships, time, wait } from './membership-cases.ts'

// BR-01: a membership of the 31st keeps the 31st over shorter months, and each paid period has one grant.

testMemberships('renewals at the ends of months', [
  {
    name: 'at the end itself: one grant for each payment, and the day stays',
    at: '2027-01-31T10',
    opening: { plan: 'small' },
    events: [
      ['2027-02-28T10', renew('2027-03-31T10')],
      ['2027-03-31T10', renew('2027-04-30T10')],
      ['2027-04-30T09', renew('2027-05-31T10')],
      ['2027-05-31T09', wait],
    ],
    grants: [
      'month 500 2027-01-31T10 → 2027-02-28T10',
      'month 500 2027-02-28T10 → 2027-03-31T10',
      'month 500 2027-03-31T10 → 2027-04-30T10',
      'month 500 2027-04-30T10 → 2027-05-31T10',
    ],
    final: { anchor: time('2027-01-31T10'), paid_through: time('2027-05-31T10'), state: 'active' },
  },
  {
    name: 'some hours late: the period is that of the payment',
    at: '2027-01-31T10',
    opening: { plan: 'small' },
    events: [
      ['2027-02-28T15', renew('2027-03-31T10')],
      ['2027-03-31T09', wait],
    ],
    grants: ['month 500 2027-01-31T10 → 2027-02-28T10', 'month 500 2027-02-28T10 → 2027-03-31T10'],
    final: { anchor: time('2027-01-31T10') },
  },
  {
    name: 'on the 30th, in a leap year',
    at: '2028-01-30',
    opening: { plan: 'small' },
    events: [
      ['2028-02-29', renew('2028-03-30')],
      ['2028-03-29T23', wait],
    ],
    grants: ['month 500 2028-01-30 → 2028-02-29', 'month 500 2028-02-29 → 2028-03-30'],
  },
  {
    name: 'months later: counted back on the day of the membership',
    at: '2027-01-31',
    opening: { plan: 'small', paid_through: time('2027-03-31') },
    events: [['2027-08-10', renew('2027-06-30')]],
    grants: [
      'month 500 2027-01-31 → 2027-02-28',
      'month 500 2027-02-28 → 2027-03-31',
      'month 500 2027-03-31 → 2027-04-30',
      'month 500 2027-04-30 → 2027-05-31',
      'month 500 2027-05-31 → 2027-06-30',
    ],
    final: { state: 'lapsed', lapsed_at: time('2027-06-30') },
  },
  {
    name: 'a past period after a gap, from one short end to a long one',
    at: '2027-01-15',
    opening: { plan: 'small' },
    events: [['2027-06-10', renew('2027-03-31')]],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-28 → 2027-03-31'],
    final: { state: 'lapsed', lapsed_at: time('2027-03-31') },
  },
  {
    name: 'after a gap',
    at: '2027-01-31',
    opening: { plan: 'small' },
    events: [
      ['2027-04-30', { kind: 'reactivate', paid_through: time('2027-05-31') }],
      ['2027-05-30T12', wait],
      ['2027-05-31', renew('2027-06-30')],
      ['2027-06-30', renew('2027-07-31')],
      ['2027-07-30T12', wait],
    ],
    grants: [
      'month 500 2027-01-31 → 2027-02-28',
      'month 500 2027-04-30 → 2027-05-31',
      'month 500 2027-05-31 → 2027-06-30',
      'month 500 2027-06-30 → 2027-07-31',
    ],
    final: { anchor: time('2027-04-30') },
  },
  {
    name: 'after a gap, by chance at a month end: that day',
    at: '2027-01-15',
    opening: { plan: 'small' },
    events: [
      ['2027-04-30', reactivate],
      ['2027-05-30', renew('2027-06-30')],
      ['2027-06-29', wait],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-04-30 → 2027-05-30',
      'month 500 2027-05-30 → 2027-06-30',
    ],
  },
])

testMemberships('memberships that begin at a short end', [
  {
    name: 'the paid time says the day',
    opening: { plan: 'small', anchor: time('2027-02-28T10'), paid_through: time('2027-03-31T10') },
    at: '2027-03-01',
    events: [
      ['2027-03-31T09', renew('2027-04-30T10')],
      ['2027-04-30T09', wait],
    ],
    grants: ['month 500 2027-02-28T10 → 2027-03-31T10', 'month 500 2027-03-31T10 → 2027-04-30T10'],
    final: { anchor: time('2027-02-28T10') },
  },
  {
    name: 'the paid time ends at another hour',
    opening: { plan: 'small', anchor: time('2028-02-29T10'), paid_through: time('2028-03-31') },
    at: '2028-03-01',
    events: [['2028-03-30T23', wait]],
    grants: ['month 500 2028-02-29T10 → 2028-03-31T10'],
  },
  {
    name: 'one on the 28th stays there',
    opening: { plan: 'small', anchor: time('2027-02-28'), paid_through: time('2027-04-28') },
    at: '2027-03-01',
    events: [['2027-04-27', wait]],
    grants: ['month 500 2027-02-28 → 2027-03-28', 'month 500 2027-03-28 → 2027-04-28'],
  },
])

const starts = Array.from({ length: 28 }, (_, n) => new Date(Date.UTC(2027, 10, 20 + 4 * n, 10)))
const ends = [31, 30, 29, 28].flatMap(day => [
  new Date(Date.UTC(2027, 0, day, 10)),
  new Date(Date.UTC(2028, 0, day, 10)),
])

test.each([...starts, ...ends].map(start => start.toISOString()))(
  'a year of payments from %s on, punctual, late, or with a gap: one grant each',
  start => {
    const boundary = (n: number) => anniversary(new Date(start), n, 'UTC')
    const hours = (date: Date, n: number) => new Date(date.getTime() + n * 3_600_000).toISOString()
    for (const [late, first] of [-5, 0, 5].flatMap(late => [0, 1, 2].map(first => [late, first] as const))) {
      const opening = { plan: 'small', anchor: hours(boundary(first), 0), paid_through: hours(boundary(first + 1), 0) }
      let { membership, due } = openMembership(termsOf(policy, 'small'), opening, 'UTC', opening.anchor)
      const periods = Array.from({ length: 14 }, (_, n) => first + 1 + n).filter(n => n !== 5)
      for (const n of periods) {
        const paid: MembershipEvent = { kind: 'renew', paid_through: hours(boundary(n + 1), 0) }
        const done = apply(membership, paid, hours(boundary(n), n === 6 ? Math.max(late, 0) : late))
        membership = done.membership
        due = [...due, ...done.due]
      }
      expect(due).toHaveLength(membership.state === 'active' && late < 0 ? periods.length : periods.length + 1)
    }
  },
)

const plans = plansFor(policy, 'stripe')
const span = (from: string, to: string) => ({ from: time(from), to: time(to) })
const SHORT_ENDS = [
  span('2027-01-31T10', '2027-02-28T10'),
  span('2027-02-28T10', '2027-03-31T10'),
  span('2027-03-31T10', '2027-04-30T10'),
  span('2027-04-30T10', '2027-05-31T10'),
]

function snapshot(plan: string, anchor: string, paid: { from: string; to: string }[]) {
  const own = { plan, slots: 1 }
  const subscription = {
    status: 'active',
    plan: null,
    items: [{ id: 'si_1', ...own }],
    lines: paid.map(each => ({ item: 'si_1', ...own, ...each, proration: false, amount: 1000, invoice: 'in_1' })),
    trial: null,
    cancel_at_period_end: false,
    billing_anchor: time(anchor),
    ended_at: null,
  }
  return subscriptionSnapshot(subscription, plans)
}

const grants = ({ due }: { due: { at: string }[] }) => due.map(({ at }) => shortTime(at))

test.each([
  ['its first period', SHORT_ENDS],
  ['the end of February', SHORT_ENDS.slice(1)],
  ['the end of April', SHORT_ENDS.slice(3)],
  ['its first period, with a gap', [SHORT_ENDS[0], SHORT_ENDS[3]]],
  ['the end of February, with a gap', [SHORT_ENDS[1], SHORT_ENDS[3]]],
])('a subscription of the 31st, known from %s on: one grant for each paid period', (_, paid) => {
  const periods = paid as typeof SHORT_ENDS
  const said = snapshot('small', '2027-01-31T10', periods)
  const opened = openFromProvider(said, plans, { since: time('2027-01-01') }, time('2027-05-31T09'))
  if ('reason' in opened) throw new Error(opened.reason)
  expect(grants(opened)).toEqual(periods.map(({ from }) => shortTime(from)))
})

test('a yearly subscription of 29 February, known from its second year on, keeps the 29th', () => {
  const said = snapshot('yearly', '2028-02-29', [span('2029-02-28', '2030-02-28')])
  const opened = openFromProvider(said, plans, { since: time('2029-02-01') }, time('2029-06-01'))
  if ('reason' in opened) throw new Error(opened.reason)
  expect(grants(opened)).toEqual(['2029-02-28', '2029-03-29', '2029-04-29', '2029-05-29'])
  const gap = snapshot('yearly', '2028-02-29', [span('2029-02-28', '2030-02-28'), span('2031-02-28', '2032-02-29')])
  const returned = syncFromProvider(opened.membership, gap, plans, time('2031-04-01'))
  expect(grants(returned).slice(-2)).toEqual(['2031-02-28', '2031-03-29'])
})

test('a cycle that restarts at a short end takes its day from the new period', () => {
  const first = snapshot('small', '2027-04-10', [span('2027-04-10', '2027-05-10')])
  const opened = openFromProvider(first, plans, { since: time('2027-04-01') }, time('2027-04-20'))
  if ('reason' in opened) throw new Error(opened.reason)
  const restarted = snapshot('small', '2027-04-30', [
    span('2027-04-10', '2027-05-10'),
    span('2027-04-30', '2027-05-30'),
    span('2027-05-30', '2027-06-30'),
  ])
  const done = syncFromProvider(opened.membership, restarted, plans, time('2027-06-29'))
  expect(grants(done)).toEqual(['2027-04-30', '2027-05-30'])
})
