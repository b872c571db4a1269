import { cancel, cancelNow, plays, reactivate, renew, short, time, to, wait } from './membership-story.ts'

plays('grants', [
  {
    name: 'a fixed amount, until the next one',
    open: { plan: 'small' },
    story: [['2027-02-14', wait]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'active' },
  },
  {
    name: 'per slot',
    open: { plan: 'slots', slots: 50 },
    story: [],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
  },
  {
    name: 'not configured',
    open: { plan: 'open' },
    story: [],
    gives: [],
    is: { state: 'active', grants: 1 },
  },
  { name: 'not configured, per slot', open: { plan: 'open-slots', slots: 5 }, story: [], gives: [] },
  { name: 'no credits included', open: { plan: 'none' }, story: [], gives: [], is: { state: 'active' } },
  {
    name: 'that carry over',
    open: { plan: 'carried', paid_through: time('2027-03-15') },
    story: [['2027-03-14', wait]],
    gives: ['month 100 2027-01-15 → never', 'month 100 2027-02-15 → never'],
  },
  {
    name: 'that live 30 days',
    open: { plan: 'days', paid_through: time('2027-03-15') },
    story: [['2027-03-14', wait]],
    gives: ['month 300 2027-01-15 → 2027-02-14', 'month 300 2027-02-15 → 2027-03-17'],
  },
  {
    name: 'on the first of the month',
    open: { plan: 'first-of-month', paid_through: time('2027-03-01') },
    story: [['2027-02-20', wait]],
    gives: ['month 500 2027-01-15 → 2027-02-01', 'month 500 2027-02-01 → 2027-03-01'],
  },
  {
    name: 'every month of a year paid in advance, and no thirteenth',
    open: { plan: 'yearly' },
    story: [['2028-06-01', wait]],
    gives: Array.from({ length: 12 }, (_, n) => {
      const [from, until] = [n, n + 1].map(m => short(new Date(Date.UTC(2027, m, 15)).toISOString()))
      return `month 500 ${from} → ${until}`
    }),
    is: { state: 'lapsed', lapsed_at: time('2028-01-15') },
  },
  {
    name: 'for life',
    open: { plan: 'life' },
    story: [['2027-03-15', wait]],
    gives: ['month 50 2027-01-15 → 2027-02-15', 'month 50 2027-02-15 → 2027-03-15', 'month 50 2027-03-15 → 2027-04-15'],
    is: { paid_through: null },
  },
  {
    name: 'missed months, each with its own time and validity',
    open: { plan: 'days', anchor: time('2026-11-15'), paid_through: time('2027-02-15') },
    story: [],
    gives: [
      'month 300 2026-11-15 → 2026-12-15',
      'month 300 2026-12-15 → 2027-01-14',
      'month 300 2027-01-15 → 2027-02-14',
    ],
  },
  {
    name: 'a past period that was paid',
    open: { plan: 'small', anchor: time('2026-11-15') },
    story: [],
    gives: ['month 500 2026-11-15 → 2026-12-15'],
    is: { state: 'lapsed', lapsed_at: time('2026-12-15') },
  },
])

plays('trial', [
  {
    name: 'grants at once',
    open: { plan: 'carried', trial: true },
    story: [],
    gives: ['trial 20 2027-01-15 → 2027-01-22'],
    is: { state: 'trialing', anchor: time('2027-01-22') },
  },
  {
    name: 'lapses unpaid',
    open: { plan: 'carried', trial: true },
    story: [['2027-01-22', wait]],
    gives: ['trial 20 2027-01-15 → 2027-01-22'],
    is: { state: 'lapsed', lapsed_at: time('2027-01-22') },
  },
  {
    name: 'without grace',
    open: { plan: 'trial-with-grace', trial: true },
    story: [['2027-01-22', wait]],
    gives: ['trial 20 2027-01-15 → 2027-01-22'],
    is: { state: 'lapsed' },
  },
  {
    name: 'converts when it was paid',
    open: { plan: 'carried', trial: true },
    story: [
      ['2027-01-18', renew('2027-02-22')],
      ['2027-01-22', wait],
    ],
    gives: ['trial 20 2027-01-15 → 2027-01-22', 'month 100 2027-01-22 → never'],
    is: { state: 'active' },
  },
  {
    name: 'lapses when it was cancelled, and ends',
    open: { plan: 'carried', trial: true },
    story: [
      ['2027-01-18', cancel],
      ['2027-02-22', wait],
    ],
    gives: ['trial 20 2027-01-15 → 2027-01-22'],
    is: { state: 'ended', lapsed_at: time('2027-01-22') },
  },
  {
    name: 'covers itself when less is paid',
    open: { plan: 'carried', trial: true, paid_through: time('2027-01-16') },
    story: [['2027-01-20', wait]],
    gives: ['trial 20 2027-01-15 → 2027-01-22'],
    is: { state: 'trialing', paid_through: time('2027-01-22') },
  },
  {
    name: 'paid after it lapsed, starts a month of its own',
    open: { plan: 'carried', trial: true },
    story: [['2027-01-25', renew('2027-02-25')]],
    gives: ['trial 20 2027-01-15 → 2027-01-22', 'month 100 2027-01-25 → never'],
    is: { state: 'active', anchor: time('2027-01-25') },
  },
  {
    name: 'an upgrade during it grants nothing until it converts',
    open: { plan: 'carried', trial: true },
    story: [['2027-01-16', to('large')]],
    gives: ['trial 20 2027-01-15 → 2027-01-22'],
  },
])

plays('grace', [
  {
    name: 'goes past due and grants nothing',
    open: { plan: 'grace' },
    story: [['2027-02-20', wait]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'past_due' },
  },
  {
    name: 'renewed within it, the due month comes once, with its own validity',
    open: { plan: 'grace-days' },
    story: [
      ['2027-02-20', renew('2027-03-15')],
      ['2027-02-21', renew('2027-03-15')],
    ],
    gives: ['month 300 2027-01-15 → 2027-02-14', 'month 300 2027-02-15 → 2027-03-17'],
    is: { state: 'active', anchor: time('2027-01-15') },
  },
  {
    name: 'lapses at its end',
    open: { plan: 'grace' },
    story: [['2027-03-30', wait]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'lapsed', lapsed_at: time('2027-02-22') },
  },
  {
    name: 'an upgrade during it grants nothing for the unpaid month',
    open: { plan: 'grace' },
    story: [
      ['2027-02-20', to('large')],
      ['2027-02-20', renew('2027-03-15')],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 1500 2027-02-15 → 2027-03-15'],
  },
  {
    name: 'cancelled during it, ends then, not retroactively',
    open: { plan: 'grace' },
    story: [['2027-02-20', cancel]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'ended', lapsed_at: time('2027-02-20') },
  },
  {
    name: 'changed during it to a plan without, lapses then, not retroactively',
    open: { plan: 'grace' },
    story: [['2027-02-20', to('small')]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'lapsed', lapsed_at: time('2027-02-20') },
  },
])

plays('cancel', [
  {
    name: 'now',
    open: { plan: 'small' },
    story: [['2027-01-20', cancelNow]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'ended', lapsed_at: time('2027-01-20') },
  },
  {
    name: 'at the end of the paid time, with its months',
    open: { plan: 'small', paid_through: time('2027-03-15') },
    story: [
      ['2027-01-20', cancel],
      ['2027-12-01', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { state: 'ended', lapsed_at: time('2027-03-15') },
  },
  {
    name: 'with grace: no grace applies',
    open: { plan: 'grace' },
    story: [
      ['2027-01-20', cancel],
      ['2027-02-15', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'ended', lapsed_at: time('2027-02-15') },
  },
  {
    name: 'and withdrawn',
    open: { plan: 'small', paid_through: time('2027-03-15') },
    story: [
      ['2027-01-20', cancel],
      ['2027-01-25', reactivate],
      ['2027-03-15', wait],
    ],
    gives: ['month 500 2027-01-15 → 2027-02-15', 'month 500 2027-02-15 → 2027-03-15'],
    is: { state: 'lapsed' },
  },
  {
    name: 'a plan for life, at the end of its month',
    open: { plan: 'life' },
    story: [
      ['2027-01-20', cancel],
      ['2027-12-01', wait],
    ],
    gives: ['month 50 2027-01-15 → 2027-02-15'],
    is: { state: 'ended', lapsed_at: time('2027-02-15') },
  },
  {
    name: 'a plan for life, now',
    open: { plan: 'life' },
    story: [['2027-01-20', cancelNow]],
    gives: ['month 50 2027-01-15 → 2027-02-15'],
    is: { state: 'ended' },
  },
  {
    name: 'a lapsed one ends',
    open: { plan: 'small' },
    story: [['2027-03-01', cancel]],
    gives: ['month 500 2027-01-15 → 2027-02-15'],
    is: { state: 'ended' },
  },
])
