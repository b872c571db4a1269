import { lapse, paidForAYear, reactivate, testMemberships, time, to, toSlots, wait } from './membership-cases.ts'

testMemberships('change', [
  {
    name: 'up grants the difference, which expires with the month',
    opening: { plan: 'small' },
    events: [['2027-01-25', to('large')]],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
  },
  {
    name: 'up gives all where the policy says so',
    opening: { plan: 'small' },
    events: [['2027-01-25', to('all')]],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1500 2027-01-25 → 2027-02-15'],
  },
  {
    name: 'up gives nothing where the policy says so',
    opening: { plan: 'small', ...paidForAYear },
    events: [
      ['2027-01-25', to('nothing')],
      ['2027-02-15', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'up gives later where the policy says so',
    opening: { plan: 'small' },
    events: [
      ['2027-01-25', to('slow')],
      ['2027-02-01', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-26 → 2027-02-15'],
  },
  {
    name: 'up twice while it waits: once, when the first was due',
    opening: { plan: 'small' },
    events: [
      ['2027-01-25', to('slow')],
      ['2027-01-25T12', to('slower')],
      ['2027-02-01', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1500 2027-01-26 → 2027-02-15'],
  },
  {
    name: 'up so late that the delay outlasts the month: at once, nothing of it in the next month',
    opening: { plan: 'small', ...paidForAYear },
    events: [
      ['2027-02-14T12', to('slow')],
      ['2027-02-20', wait],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'upgrade 1000 2027-02-14T12 → 2027-02-15',
      'month 1500 2027-02-15 → 2027-03-15',
    ],
  },
  {
    name: 'up, and a lapse while it waits: granted with the lapse, available on reactivation',
    opening: { plan: 'small' },
    events: [
      ['2027-01-25', to('slow')],
      ['2027-01-25T12', lapse],
      ['2027-02-01', reactivate],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25T12 → 2027-02-15'],
  },
  {
    name: 'down at the next grant',
    opening: { plan: 'large', ...paidForAYear },
    events: [
      ['2027-01-25', to('small')],
      ['2027-02-15', wait],
    ],
    grants: ['month 1500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { plan: 'small', scheduled: null },
  },
  {
    name: 'down leaves the plan until then',
    opening: { plan: 'large', ...paidForAYear },
    events: [['2027-01-25', to('small')]],
    grants: ['month 1500 2027-01-15 → 2027-02-15'],
    final: { plan: 'large', scheduled: expect.objectContaining({ plan: 'small' }) },
  },
  {
    name: 'down, and back before the grant: no effect',
    opening: { plan: 'large', ...paidForAYear },
    events: [
      ['2027-01-25', to('small')],
      ['2027-01-26', to('large')],
      ['2027-02-15', wait],
    ],
    grants: ['month 1500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'down at once where the policy of the current plan says so; granted credits stay',
    opening: { plan: 'small-at-once' },
    events: [['2027-01-25', to('carried')]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { plan: 'carried', scheduled: null },
  },
  {
    name: 'up at the next grant where requested',
    opening: { plan: 'small', ...paidForAYear },
    events: [
      ['2027-01-25', to('large', 'next_grant')],
      ['2027-02-15', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'up and down grants nothing twice',
    opening: { plan: 'small' },
    events: [
      ['2027-01-25', to('large')],
      ['2027-01-26', to('small', 'now')],
      ['2027-01-27', to('large')],
      ['2027-01-28', to('small', 'now')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
    final: { plan: 'small' },
  },
  {
    name: 'up and down with a lapse between grants nothing twice',
    opening: { plan: 'small' },
    events: [
      ['2027-01-25', to('large')],
      ['2027-01-26', lapse],
      ['2027-01-26', to('small', 'now')],
      ['2027-01-27', reactivate],
      ['2027-01-27', to('large')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
  },
  {
    name: 'more slots now, fewer at the next grant',
    opening: { plan: 'slots', slots: 5, ...paidForAYear },
    events: [
      ['2027-01-20', toSlots(8)],
      ['2027-01-21', toSlots(2)],
      ['2027-02-15', wait],
    ],
    grants: [
      'month 50 2027-01-15 → 2027-02-15',
      'upgrade 30 2027-01-20 → 2027-02-15',
      'month 20 2027-02-15 → 2027-03-15',
    ],
  },
  {
    name: 'from an amount that is not configured to one that is: all of it',
    opening: { plan: 'open-slots', slots: 5 },
    events: [['2027-01-20', to('slots')]],
    grants: ['upgrade 50 2027-01-20 → 2027-02-15'],
  },
  {
    name: 'from a plan for life to a paid one: the running month is covered, then payment is due',
    opening: { plan: 'life' },
    events: [
      ['2027-01-20', to('small')],
      ['2027-03-01', wait],
    ],
    grants: ['month 50 2027-01-15 → 2027-02-15', 'upgrade 450 2027-01-20 → 2027-02-15'],
    final: { state: 'lapsed', lapsed_at: time('2027-02-15') },
  },
  {
    name: 'from a plan for life to a paid one at the next grant',
    opening: { plan: 'life' },
    events: [
      ['2027-01-20', to('small', 'next_grant')],
      ['2027-06-01', wait],
    ],
    grants: ['month 50 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { state: 'lapsed', lapsed_at: time('2027-03-15') },
  },
  {
    name: 'from a paid plan, past due, to one for life',
    opening: { plan: 'grace' },
    events: [
      ['2027-02-20', to('life', 'now')],
      ['2027-03-20', wait],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 50 2027-02-15 → 2027-03-15',
      'month 50 2027-03-15 → 2027-04-15',
    ],
    final: { state: 'active', paid_through: null },
  },
])

const paidLong = { paid_through: time('2027-07-15') }

testMemberships('another day of the month', [
  {
    name: 'from the day of joining to the first: the running month keeps its end, no month comes twice',
    opening: { plan: 'small', ...paidLong },
    at: '2027-01-20',
    events: [
      ['2027-02-10', to('first-of-month')],
      ['2027-04-15', wait],
    ],
    grants: [
      'month 500 2027-01-20 → 2027-02-20',
      'month 500 2027-02-20 → 2027-03-01',
      'month 500 2027-03-01 → 2027-04-01',
      'month 500 2027-04-01 → 2027-05-01',
    ],
    final: { plan: 'first-of-month', scheduled: null },
  },
  {
    name: 'from the first to the day of joining: no day without a month',
    opening: { plan: 'first-of-month', ...paidLong },
    at: '2027-01-20',
    events: [
      ['2027-02-10', to('small')],
      ['2027-04-25', wait],
    ],
    grants: [
      'month 500 2027-01-20 → 2027-02-01',
      'month 500 2027-02-01 → 2027-03-01',
      'month 500 2027-03-01 → 2027-04-20',
      'month 500 2027-04-20 → 2027-05-20',
    ],
  },
  {
    name: 'there and back within a month: no effect',
    opening: { plan: 'small', ...paidLong },
    at: '2027-01-20',
    events: [
      ['2027-02-10', to('first-of-month')],
      ['2027-02-11', to('small')],
      ['2027-02-12', to('first-of-month')],
      ['2027-02-13', to('small')],
      ['2027-02-25', wait],
    ],
    grants: ['month 500 2027-01-20 → 2027-02-20', 'month 500 2027-02-20 → 2027-03-20'],
  },
  {
    name: 'there and back over many months: never more than with the first of the month',
    opening: { plan: 'small', ...paidLong },
    at: '2027-01-20',
    events: [
      ['2027-02-25', to('first-of-month')],
      ['2027-03-21', to('small')],
      ['2027-04-02', to('first-of-month')],
      ['2027-04-21', to('small')],
      ['2027-05-02', wait],
    ],
    grants: [
      'month 500 2027-01-20 → 2027-02-20',
      'month 500 2027-02-20 → 2027-03-20',
      'month 500 2027-03-20 → 2027-04-01',
      'month 500 2027-04-01 → 2027-05-20',
    ],
  },
])
