import { cancel, cancelNow, reactivate, renew, shortTime, testMemberships, time, to, wait } from './membership-cases.ts'

testMemberships('grants', [
  {
    name: 'a fixed amount, until the next one',
    opening: { plan: 'small' },
    events: [['2027-02-14', wait]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'active' },
  },
  {
    name: 'per slot',
    opening: { plan: 'slots', slots: 50 },
    events: [],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
  },
  {
    name: 'not configured',
    opening: { plan: 'open' },
    events: [],
    grants: [],
    final: { state: 'active', grants: 1 },
  },
  { name: 'not configured, per slot', opening: { plan: 'open-slots', slots: 5 }, events: [], grants: [] },
  { name: 'no credits included', opening: { plan: 'none' }, events: [], grants: [], final: { state: 'active' } },
  {
    name: 'credits that carry over',
    opening: { plan: 'carried', paid_through: time('2027-03-15') },
    events: [['2027-03-14', wait]],
    grants: ['month 100 2027-01-15 → never', 'month 100 2027-02-15 → never'],
  },
  {
    name: 'credits that are valid for 30 days',
    opening: { plan: 'days', paid_through: time('2027-03-15') },
    events: [['2027-03-14', wait]],
    grants: ['month 300 2027-01-15 → 2027-02-14', 'month 300 2027-02-15 → 2027-03-17'],
  },
  {
    name: 'on the first of the month',
    opening: { plan: 'first-of-month', paid_through: time('2027-03-01') },
    events: [['2027-02-20', wait]],
    grants: ['month 500 2027-01-15 → 2027-02-01', 'month 500 2027-02-01 → 2027-03-01'],
  },
  {
    name: 'every month of a year paid in advance, and no thirteenth',
    opening: { plan: 'yearly' },
    events: [['2028-06-01', wait]],
    grants: Array.from({ length: 12 }, (_, n) => {
      const [from, until] = [n, n + 1].map(m => shortTime(new Date(Date.UTC(2027, m, 15)).toISOString()))
      return `month 500 ${from} → ${until}`
    }),
    final: { state: 'lapsed', lapsed_at: time('2028-01-15') },
  },
  {
    name: 'for life',
    opening: { plan: 'life' },
    events: [['2027-03-15', wait]],
    grants: [
      'month 50 2027-01-15 → 2027-02-15',
      'month 50 2027-02-15 → 2027-03-15',
      'month 50 2027-03-15 → 2027-04-15',
    ],
    final: { paid_through: null },
  },
  {
    name: 'missed months, each with its own time and validity',
    opening: { plan: 'days', anchor: time('2026-11-15'), paid_through: time('2027-02-15') },
    events: [],
    grants: [
      'month 300 2026-11-15 → 2026-12-15',
      'month 300 2026-12-15 → 2027-01-14',
      'month 300 2027-01-15 → 2027-02-14',
    ],
  },
  {
    name: 'a past period that was paid',
    opening: { plan: 'small', anchor: time('2026-11-15') },
    events: [],
    grants: ['month 500 2026-11-15 → 2026-12-15'],
    final: { state: 'lapsed', lapsed_at: time('2026-12-15') },
  },
])

testMemberships('trial', [
  {
    name: 'grants at once',
    opening: { plan: 'carried', trial: true },
    events: [],
    grants: ['trial 20 2027-01-15 → 2027-01-22'],
    final: { state: 'trialing', anchor: time('2027-01-22') },
  },
  {
    name: 'lapses unpaid',
    opening: { plan: 'carried', trial: true },
    events: [['2027-01-22', wait]],
    grants: ['trial 20 2027-01-15 → 2027-01-22'],
    final: { state: 'lapsed', lapsed_at: time('2027-01-22') },
  },
  {
    name: 'without grace',
    opening: { plan: 'trial-with-grace', trial: true },
    events: [['2027-01-22', wait]],
    grants: ['trial 20 2027-01-15 → 2027-01-22'],
    final: { state: 'lapsed' },
  },
  {
    name: 'converts when it was paid',
    opening: { plan: 'carried', trial: true },
    events: [
      ['2027-01-18', renew('2027-02-22')],
      ['2027-01-22', wait],
    ],
    grants: ['trial 20 2027-01-15 → 2027-01-22', 'month 100 2027-01-22 → never'],
    final: { state: 'active' },
  },
  {
    name: 'lapses when it was cancelled, and ends',
    opening: { plan: 'carried', trial: true },
    events: [
      ['2027-01-18', cancel],
      ['2027-02-22', wait],
    ],
    grants: ['trial 20 2027-01-15 → 2027-01-22'],
    final: { state: 'ended', lapsed_at: time('2027-01-22') },
  },
  {
    name: 'covers itself when less is paid',
    opening: { plan: 'carried', trial: true, paid_through: time('2027-01-16') },
    events: [['2027-01-20', wait]],
    grants: ['trial 20 2027-01-15 → 2027-01-22'],
    final: { state: 'trialing', paid_through: time('2027-01-22') },
  },
  {
    name: 'paid after it lapsed, starts a month of its own',
    opening: { plan: 'carried', trial: true },
    events: [['2027-01-25', renew('2027-02-25')]],
    grants: ['trial 20 2027-01-15 → 2027-01-22', 'month 100 2027-01-25 → never'],
    final: { state: 'active', anchor: time('2027-01-25') },
  },
  {
    name: 'an upgrade during it grants nothing until it converts',
    opening: { plan: 'carried', trial: true },
    events: [['2027-01-16', to('large')]],
    grants: ['trial 20 2027-01-15 → 2027-01-22'],
  },
])

testMemberships('grace', [
  {
    name: 'goes past due and grants nothing',
    opening: { plan: 'grace' },
    events: [['2027-02-20', wait]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'past_due' },
  },
  {
    name: 'renewed within it, the due month comes once, with its own validity',
    opening: { plan: 'grace-days' },
    events: [
      ['2027-02-20', renew('2027-03-15')],
      ['2027-02-21', renew('2027-03-15')],
    ],
    grants: ['month 300 2027-01-15 → 2027-02-14', 'month 300 2027-02-15 → 2027-03-17'],
    final: { state: 'active', anchor: time('2027-01-15') },
  },
  {
    name: 'lapses at its end',
    opening: { plan: 'grace' },
    events: [['2027-03-30', wait]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'lapsed', lapsed_at: time('2027-02-22') },
  },
  {
    name: 'an upgrade during it grants nothing for the unpaid month',
    opening: { plan: 'grace' },
    events: [
      ['2027-02-20', to('large')],
      ['2027-02-20', renew('2027-03-15')],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'cancelled during it, ends then, not retroactively',
    opening: { plan: 'grace' },
    events: [['2027-02-20', cancel]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'ended', lapsed_at: time('2027-02-20') },
  },
  {
    name: 'changed during it to a plan without, lapses then, not retroactively',
    opening: { plan: 'grace' },
    events: [['2027-02-20', to('small')]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'lapsed', lapsed_at: time('2027-02-20') },
  },
])

testMemberships('cancel', [
  {
    name: 'now',
    opening: { plan: 'small' },
    events: [['2027-01-20', cancelNow]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'ended', lapsed_at: time('2027-01-20') },
  },
  {
    name: 'at the end of the paid time, with its months',
    opening: { plan: 'small', paid_through: time('2027-03-15') },
    events: [
      ['2027-01-20', cancel],
      ['2027-12-01', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { state: 'ended', lapsed_at: time('2027-03-15') },
  },
  {
    name: 'with grace: no grace applies',
    opening: { plan: 'grace' },
    events: [
      ['2027-01-20', cancel],
      ['2027-02-15', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'ended', lapsed_at: time('2027-02-15') },
  },
  {
    name: 'and withdrawn',
    opening: { plan: 'small', paid_through: time('2027-03-15') },
    events: [
      ['2027-01-20', cancel],
      ['2027-01-25', reactivate],
      ['2027-03-15', wait],
    ],
    grants: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    final: { state: 'lapsed' },
  },
  {
    name: 'a plan for life, at the end of its month',
    opening: { plan: 'life' },
    events: [
      ['2027-01-20', cancel],
      ['2027-12-01', wait],
    ],
    grants: ['month 50 2027-01-15 → 2027-02-15'],
    final: { state: 'ended', lapsed_at: time('2027-02-15') },
  },
  {
    name: 'a plan for life, now',
    opening: { plan: 'life' },
    events: [['2027-01-20', cancelNow]],
    grants: ['month 50 2027-01-15 → 2027-02-15'],
    final: { state: 'ended' },
  },
  {
    name: 'a lapsed one ends',
    opening: { plan: 'small' },
    events: [['2027-03-01', cancel]],
    grants: ['month 500 2027-01-15 → 2027-02-15'],
    final: { state: 'ended' },
  },
])
