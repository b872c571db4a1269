import { lapse, paidAYear, plays, reactivate, renew, time, to, wait } from './membership-story.ts'

plays('lapse and reactivate', [
  {
    name: 'in a granted month: no second grant, the same day',
    open: { plan: 'small' },
    story: [
      ['2027-01-20', lapse],
      ['2027-01-25', reactivate],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: {
      state: 'active',
      anchor: time('2027-01-15'),
      paid_through: time('2027-02-15'),
      lapsed_at: null,
    },
  },
  {
    name: 'in a granted month, with an upgrade meanwhile: the difference',
    open: { plan: 'small' },
    story: [
      ['2027-01-20', lapse],
      ['2027-01-22', to('large')],
      ['2027-01-25', reactivate],
      ['2027-01-26', lapse],
      ['2027-01-27', reactivate],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'upgrade 1000 2027-01-25 → 2027-02-15'],
    is: { plan: 'large', given_this_month: 1500 },
  },
  {
    name: 'later, with an upgrade meanwhile: its month, and no difference',
    open: { plan: 'small' },
    story: [
      ['2027-03-01', to('large')],
      ['2027-04-20', reactivate],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-04-20 → 2027-05-20'],
  },
  {
    name: 'later: a month of its own',
    open: { plan: 'small' },
    story: [['2027-04-20', reactivate]],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-04-20 → 2027-05-20'],
    is: { anchor: time('2027-04-20'), paid_through: time('2027-05-20') },
  },
  {
    name: 'later, the policy keeps the day: the current month now, one for one paid month',
    open: { plan: 'same-day' },
    story: [
      ['2027-04-20', reactivate],
      ['2027-06-01', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-04-20 → 2027-05-15'],
    is: { state: 'lapsed', anchor: time('2027-01-15'), lapsed_at: time('2027-05-15') },
  },
  {
    name: 'later, the policy keeps the day, paid for longer',
    open: { plan: 'same-day' },
    story: [
      ['2027-05-15', { kind: 'reactivate', paid_through: time('2027-07-15') }],
      ['2027-06-20', wait],
    ],
    gives: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-05-15 → 2027-06-15',
      'month 500 2027-06-15 → 2027-07-15',
    ],
  },
  {
    name: 'with a paid year, each lapsed month is left out',
    open: { plan: 'small', ...paidAYear },
    story: [
      ['2027-02-01', lapse],
      ['2027-05-01', reactivate],
      ['2027-06-15', wait],
    ],
    gives: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-05-01 → 2027-06-01',
      'month 500 2027-06-01 → 2027-07-01',
    ],
    is: paidAYear,
  },
  {
    name: 'for life',
    open: { plan: 'life' },
    story: [
      ['2027-01-20', lapse],
      ['2027-03-01', reactivate],
    ],
    gives: ['month 50 2027-01-15 → 2027-02-15', 'month 50 2027-03-01 → 2027-04-01'],
    is: { state: 'active', paid_through: null },
  },
  {
    name: 'a running one: no effect',
    open: { plan: 'small' },
    story: [['2027-01-20', reactivate]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'active', paid_through: time('2027-02-15') },
  },
])

plays('renew', [
  {
    name: 'out of order: the later one stands',
    open: { plan: 'small' },
    story: [
      ['2027-02-10', renew('2027-04-15')],
      ['2027-02-11', renew('2027-03-15')],
      ['2027-02-20', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { paid_through: time('2027-04-15') },
  },
  {
    name: 'duplicated: once',
    open: { plan: 'small' },
    story: [
      ['2027-02-10', renew('2027-03-15')],
      ['2027-02-10', renew('2027-03-15')],
      ['2027-02-15', renew('2027-03-15')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { paid_through: time('2027-03-15') },
  },
  {
    name: 'after a lapse: reactivated',
    open: { plan: 'small' },
    story: [['2027-02-17', renew('2027-03-17')]],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-17 → 2027-03-17'],
    is: { state: 'active', anchor: time('2027-02-17') },
  },
  {
    name: 'after a lapse, for a past period: its month is granted, and it stays lapsed',
    open: { plan: 'small' },
    story: [['2027-04-17', renew('2027-03-15')]],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { state: 'lapsed', lapsed_at: time('2027-03-15'), anchor: time('2027-01-15') },
  },
  {
    name: 'after a lapse, for a past period that began after a gap: one month of its own',
    open: { plan: 'small' },
    story: [
      ['2027-04-17', renew('2027-03-17')],
      ['2027-04-18', renew('2027-03-17')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-17 → 2027-03-17'],
    is: { state: 'lapsed', lapsed_at: time('2027-03-17') },
  },
  {
    name: 'after a lapse, for three past months: three',
    open: { plan: 'small' },
    story: [['2027-07-01', renew('2027-05-15')]],
    gives: [
      'month 500 2027-01-15 → 2027-02-15',
      'month 500 2027-02-15 → 2027-03-15',
      'month 500 2027-03-15 → 2027-04-15',
      'month 500 2027-04-15 → 2027-05-15',
    ],
    is: { state: 'lapsed', lapsed_at: time('2027-05-15') },
  },
  {
    name: 'after an unpaid trial, for its first month, received when that was over',
    open: { plan: 'carried', trial: true },
    story: [['2027-04-01', renew('2027-02-22')]],
    gives: ['trial 20 2027-01-15 → 2027-01-22', 'month 100 2027-01-22 → never'],
    is: { state: 'lapsed', lapsed_at: time('2027-02-22') },
  },
  {
    name: 'stopped manually, for a past period: stays stopped',
    open: { plan: 'small' },
    story: [
      ['2027-01-20', lapse],
      ['2027-04-17', renew('2027-03-15')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'lapsed', lapsed_at: time('2027-01-20') },
  },
  {
    name: 'an old one after a manual lapse: stays lapsed',
    open: { plan: 'small' },
    story: [
      ['2027-01-20', lapse],
      ['2027-01-21', renew('2027-02-15')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'lapsed' },
  },
  {
    name: 'a plan for life: nothing to pay',
    open: { plan: 'life' },
    story: [['2027-01-20', renew('2027-03-15')]],
    gives: ['month 50 2027-01-15 → 2027-02-15'],
    is: { paid_through: null },
  },
])
