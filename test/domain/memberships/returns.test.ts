import { lapse, paidForAYear, reactivate, renew, testMemberships, time, to, wait } from './membership-cases.ts'

testMemberships('lapse and reactivate', [
  {
    name: 'in a granted month: no second grant, the same day',
    opening: { plan: 'small' },
    events: [
      ['2027-01-20', lapse],
      ['2027-01-25', reactivate],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: {
      state: 'active',
      anchor: time('2027-01-15'),
      paid_through: time('2027-02-15'),
      lapsed_at: null,
    },
  },
  {
    name: 'in a granted month, with an upgrade meanwhile: the difference',
    opening: { plan: 'small' },
    events: [
      ['2027-01-20', lapse],
      ['2027-01-22', to('large')],
      ['2027-01-25', reactivate],
      ['2027-01-26', lapse],
      ['2027-01-27', reactivate],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
    final: { plan: 'large', given_this_month: 1500 },
  },
  {
    name: 'later, with an upgrade meanwhile: its month, and no difference',
    opening: { plan: 'small' },
    events: [
      ['2027-03-01', to('large')],
      ['2027-04-20', reactivate],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-04-20 → 2027-05-20'],
  },
  {
    name: 'later: a month of its own',
    opening: { plan: 'small' },
    events: [['2027-04-20', reactivate]],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-04-20 → 2027-05-20'],
    final: { anchor: time('2027-04-20'), paid_through: time('2027-05-20') },
  },
  {
    name: 'later, the policy keeps the day: the current month now, one for one paid month',
    opening: { plan: 'same-day' },
    events: [
      ['2027-04-20', reactivate],
      ['2027-06-01', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-04-20 → 2027-05-15'],
    final: { state: 'lapsed', anchor: time('2027-01-15'), lapsed_at: time('2027-05-15') },
  },
  {
    name: 'later, the policy keeps the day, paid for longer',
    opening: { plan: 'same-day' },
    events: [
      ['2027-05-15', { kind: 'reactivate', paid_through: time('2027-07-15') }],
      ['2027-06-20', wait],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-05-15 → 2027-06-15',
      'month 500 2027-06-15 → 2027-07-15',
    ],
  },
  {
    name: 'with a paid year, each lapsed month is left out',
    opening: { plan: 'small', ...paidForAYear },
    events: [
      ['2027-02-01', lapse],
      ['2027-05-01', reactivate],
      ['2027-06-15', wait],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-05-01 → 2027-06-01',
      'month 500 2027-06-01 → 2027-07-01',
    ],
    final: paidForAYear,
  },
  {
    name: 'for life',
    opening: { plan: 'life' },
    events: [
      ['2027-01-20', lapse],
      ['2027-03-01', reactivate],
    ],
    grants: ['month 50 2027-01-15 → 2027-02-15', 'month 50 2027-03-01 → 2027-04-01'],
    final: { state: 'active', paid_through: null },
  },
  {
    name: 'a running one: no effect',
    opening: { plan: 'small' },
    events: [['2027-01-20', reactivate]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'active', paid_through: time('2027-02-15') },
  },
])

testMemberships('renew', [
  {
    name: 'out of order: the later one stands',
    opening: { plan: 'small' },
    events: [
      ['2027-02-10', renew('2027-04-15')],
      ['2027-02-11', renew('2027-03-15')],
      ['2027-02-20', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { paid_through: time('2027-04-15') },
  },
  {
    name: 'duplicated: once',
    opening: { plan: 'small' },
    events: [
      ['2027-02-10', renew('2027-03-15')],
      ['2027-02-10', renew('2027-03-15')],
      ['2027-02-15', renew('2027-03-15')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { paid_through: time('2027-03-15') },
  },
  {
    name: 'after a lapse: reactivated',
    opening: { plan: 'small' },
    events: [['2027-02-17', renew('2027-03-17')]],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-17 → 2027-03-17'],
    final: { state: 'active', anchor: time('2027-02-17') },
  },
  {
    name: 'after a lapse, for a past period: its month is granted, and it stays lapsed',
    opening: { plan: 'small' },
    events: [['2027-04-17', renew('2027-03-15')]],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { state: 'lapsed', lapsed_at: time('2027-03-15'), anchor: time('2027-01-15') },
  },
  {
    name: 'after a lapse, for a past period that began after a gap: one month of its own',
    opening: { plan: 'small' },
    events: [
      ['2027-04-17', renew('2027-03-17')],
      ['2027-04-18', renew('2027-03-17')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-17 → 2027-03-17'],
    final: { state: 'lapsed', lapsed_at: time('2027-03-17') },
  },
  {
    name: 'after a lapse, for three past months: three',
    opening: { plan: 'small' },
    events: [['2027-07-01', renew('2027-05-15')]],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-02-15 → 2027-03-15',
      'month 500 2027-03-15 → 2027-04-15',
      'month 500 2027-04-15 → 2027-05-15',
    ],
    final: { state: 'lapsed', lapsed_at: time('2027-05-15') },
  },
  {
    name: 'after an unpaid trial, for its first month, received when that was over',
    opening: { plan: 'carried', trial: true },
    events: [['2027-04-01', renew('2027-02-22')]],
    grants: ['trial 20 2027-01-15 → 2027-01-22', 'month 100 2027-01-22 → never'],
    final: { state: 'lapsed', lapsed_at: time('2027-02-22') },
  },
  {
    name: 'stopped manually, for a past period: stays stopped',
    opening: { plan: 'small' },
    events: [
      ['2027-01-20', lapse],
      ['2027-04-17', renew('2027-03-15')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'lapsed', lapsed_at: time('2027-01-20') },
  },
  {
    name: 'an old one after a manual lapse: stays lapsed',
    opening: { plan: 'small' },
    events: [
      ['2027-01-20', lapse],
      ['2027-01-21', renew('2027-02-15')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'lapsed' },
  },
  {
    name: 'a plan for life: nothing to pay',
    opening: { plan: 'life' },
    events: [['2027-01-20', renew('2027-03-15')]],
    grants: ['month 50 2027-01-15 → 2027-02-15'],
    final: { paid_through: null },
  },
])

testMemberships('undo a scheduled change', [
  {
    name: 'down is undone before the next grant; an upgrade is not',
    opening: { plan: 'small', ...paidForAYear },
    events: [
      ['2027-01-25', to('large')],
      ['2027-01-26', to('small')],
      ['2027-01-27', { kind: 'undo_change' }],
      ['2027-02-15', wait],
      ['2027-02-16', { kind: 'undo_change' }],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'upgrade 1000 2027-01-25 → 2027-02-15',
      'month 1500 2027-02-15 → 2027-03-15',
    ],
  },
  {
    name: 'another grant day stays, though nothing else is scheduled to be undone',
    opening: { plan: 'small', ...paidForAYear },
    events: [
      ['2027-01-20', to('first-of-month')],
      ['2027-01-21', { kind: 'undo_change' }],
      ['2027-03-01', wait],
    ],
    grants: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-02-15 → 2027-03-01',
      'month 500 2027-03-01 → 2027-04-01',
    ],
  },
])
