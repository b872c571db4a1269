import { apply } from '../../../domain/memberships/events.ts'
import { openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import {
  lapse,
  paidAYear,
  plays,
  policy,
  reactivate,
  tell,
  time,
  to,
  toSlots,
  wait,
  words,
} from './membership-story.ts'

plays('change', [
  {
    name: 'up grants the difference, which expires with the month',
    open: { plan: 'small' },
    story: [['2027-01-25', to('large')]],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
  },
  {
    name: 'up gives all where the policy says so',
    open: { plan: 'small' },
    story: [['2027-01-25', to('all')]],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1500 2027-01-25 → 2027-02-15'],
  },
  {
    name: 'up gives nothing where the policy says so',
    open: { plan: 'small', ...paidAYear },
    story: [
      ['2027-01-25', to('nothing')],
      ['2027-02-15', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'up gives later where the policy says so',
    open: { plan: 'small' },
    story: [
      ['2027-01-25', to('slow')],
      ['2027-02-01', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-26 → 2027-02-15'],
  },
  {
    name: 'up twice while it waits: once, when the first was due',
    open: { plan: 'small' },
    story: [
      ['2027-01-25', to('slow')],
      ['2027-01-25T12', to('slower')],
      ['2027-02-01', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1500 2027-01-26 → 2027-02-15'],
  },
  {
    name: 'up so late that the delay outlasts the month: at once, nothing of it in the next month',
    open: { plan: 'small', ...paidAYear },
    story: [
      ['2027-02-14T12', to('slow')],
      ['2027-02-20', wait],
    ],
    gives: [
      'month 500 2027-01-15 → 2027-02-15',
      'upgrade 1000 2027-02-14T12 → 2027-02-15',
      'month 1500 2027-02-15 → 2027-03-15',
    ],
  },
  {
    name: 'up, and a lapse while it waits: granted with the lapse, available on reactivation',
    open: { plan: 'small' },
    story: [
      ['2027-01-25', to('slow')],
      ['2027-01-25T12', lapse],
      ['2027-02-01', reactivate],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25T12 → 2027-02-15'],
  },
  {
    name: 'down at the next grant',
    open: { plan: 'large', ...paidAYear },
    story: [
      ['2027-01-25', to('small')],
      ['2027-02-15', wait],
    ],
    gives: ['month 1500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { plan: 'small', scheduled: null },
  },
  {
    name: 'down leaves the plan until then',
    open: { plan: 'large', ...paidAYear },
    story: [['2027-01-25', to('small')]],
    gives: ['month 1500 2027-01-15 → 2027-02-15'],
    is: { plan: 'large', scheduled: expect.objectContaining({ plan: 'small' }) },
  },
  {
    name: 'down, and back before the grant: no effect',
    open: { plan: 'large', ...paidAYear },
    story: [
      ['2027-01-25', to('small')],
      ['2027-01-26', to('large')],
      ['2027-02-15', wait],
    ],
    gives: ['month 1500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'down at once where the policy of the current plan says so; granted credits stay',
    open: { plan: 'small-at-once' },
    story: [['2027-01-25', to('carried')]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { plan: 'carried', scheduled: null },
  },
  {
    name: 'up at the next grant where requested',
    open: { plan: 'small', ...paidAYear },
    story: [
      ['2027-01-25', to('large', 'next_grant')],
      ['2027-02-15', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'up and down grants nothing twice',
    open: { plan: 'small' },
    story: [
      ['2027-01-25', to('large')],
      ['2027-01-26', to('small', 'now')],
      ['2027-01-27', to('large')],
      ['2027-01-28', to('small', 'now')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
    is: { plan: 'small' },
  },
  {
    name: 'up and down with a lapse between grants nothing twice',
    open: { plan: 'small' },
    story: [
      ['2027-01-25', to('large')],
      ['2027-01-26', lapse],
      ['2027-01-26', to('small', 'now')],
      ['2027-01-27', reactivate],
      ['2027-01-27', to('large')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
  },
  {
    name: 'more slots now, fewer at the next grant',
    open: { plan: 'slots', slots: 5, ...paidAYear },
    story: [
      ['2027-01-20', toSlots(8)],
      ['2027-01-21', toSlots(2)],
      ['2027-02-15', wait],
    ],
    gives: [
      'month 50 2027-01-15 → 2027-02-15',
      'upgrade 30 2027-01-20 → 2027-02-15',
      'month 20 2027-02-15 → 2027-03-15',
    ],
  },
  {
    name: 'from an amount that is not configured to one that is: all of it',
    open: { plan: 'open-slots', slots: 5 },
    story: [['2027-01-20', to('slots')]],
    gives: ['upgrade 50 2027-01-20 → 2027-02-15'],
  },
  {
    name: 'from a plan for life to a paid one: the running month is covered, then payment is due',
    open: { plan: 'life' },
    story: [
      ['2027-01-20', to('small')],
      ['2027-03-01', wait],
    ],
    gives: ['month 50 2027-01-15 → 2027-02-15', 'upgrade 450 2027-01-20 → 2027-02-15'],
    is: { state: 'lapsed', lapsed_at: time('2027-02-15') },
  },
  {
    name: 'from a plan for life to a paid one at the next grant',
    open: { plan: 'life' },
    story: [
      ['2027-01-20', to('small', 'next_grant')],
      ['2027-06-01', wait],
    ],
    gives: ['month 50 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { state: 'lapsed', lapsed_at: time('2027-03-15') },
  },
  {
    name: 'from a paid plan, past due, to one for life',
    open: { plan: 'grace' },
    story: [
      ['2027-02-20', to('life', 'now')],
      ['2027-03-20', wait],
    ],
    gives: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 50 2027-02-15 → 2027-03-15',
      'month 50 2027-03-15 → 2027-04-15',
    ],
    is: { state: 'active', paid_through: null },
  },
])

const paidLong = { paid_through: time('2027-07-15') }

plays('another day of the month', [
  {
    name: 'from the day of joining to the first: the running month keeps its end, no month comes twice',
    open: { plan: 'small', ...paidLong },
    at: '2027-01-20',
    story: [
      ['2027-02-10', to('first-of-month')],
      ['2027-04-15', wait],
    ],
    gives: [
      'month 500 2027-01-20 → 2027-02-20',
      'month 500 2027-02-20 → 2027-03-01',
      'month 500 2027-03-01 → 2027-04-01',
      'month 500 2027-04-01 → 2027-05-01',
    ],
    is: { plan: 'first-of-month', scheduled: null },
  },
  {
    name: 'from the first to the day of joining: no day without a month',
    open: { plan: 'first-of-month', ...paidLong },
    at: '2027-01-20',
    story: [
      ['2027-02-10', to('small')],
      ['2027-04-25', wait],
    ],
    gives: [
      'month 500 2027-01-20 → 2027-02-01',
      'month 500 2027-02-01 → 2027-03-01',
      'month 500 2027-03-01 → 2027-04-20',
      'month 500 2027-04-20 → 2027-05-20',
    ],
  },
  {
    name: 'there and back within a month: no effect',
    open: { plan: 'small', ...paidLong },
    at: '2027-01-20',
    story: [
      ['2027-02-10', to('first-of-month')],
      ['2027-02-11', to('small')],
      ['2027-02-12', to('first-of-month')],
      ['2027-02-13', to('small')],
      ['2027-02-25', wait],
    ],
    gives: ['month 500 2027-01-20 → 2027-02-20', 'month 500 2027-02-20 → 2027-03-20'],
  },
  {
    name: 'there and back over many months: never more than with the first of the month',
    open: { plan: 'small', ...paidLong },
    at: '2027-01-20',
    story: [
      ['2027-02-25', to('first-of-month')],
      ['2027-03-21', to('small')],
      ['2027-04-02', to('first-of-month')],
      ['2027-04-21', to('small')],
      ['2027-05-02', wait],
    ],
    gives: [
      'month 500 2027-01-20 → 2027-02-20',
      'month 500 2027-02-20 → 2027-03-20',
      'month 500 2027-03-20 → 2027-04-01',
      'month 500 2027-04-01 → 2027-05-20',
    ],
  },
])

it('a change after a combination does not give again what the others gave', () => {
  let { membership } = openMembership(
    termsOf(policy, 'small'),
    { plan: 'small', ...paidLong },
    'UTC',
    time('2027-01-15'),
  )
  const combine = {
    kind: 'combine' as const,
    credits: 42,
    memberships: ['other'],
    paid_through: time('2027-08-01'),
  }
  membership = apply(membership, combine, time('2027-01-20')).membership
  expect(membership).toMatchObject({ combined: 42, paid_through: time('2027-08-01') })
  const changed = tell(membership, to('large'), time('2027-01-21'))
  expect(changed.due.map(words)).toEqual(['upgrade 1000 2027-01-21 → 2027-02-15'])
})
