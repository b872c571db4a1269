import { lapse, plays, reactivate, to, toSlots, wait } from './membership-story.ts'

// The launch window is 2027-02-01 to 2027-03-01, for everybody.
const launched = (slots: number, paid_through = '2027-06-01T00:00:00.000Z') => ({
  plan: 'launched',
  slots,
  paid_through,
})

plays('credits of a launch (LS-09)', [
  {
    name: 'are granted at the launch to existing members, and overlap a month',
    open: launched(5),
    story: [['2027-03-02', wait]],
    gives: [
      'month 50 2027-01-15 → 2027-02-01',
      'month 50 2027-02-01 → 2027-03-01',
      'launch 50 2027-02-01 → 2027-03-01',
      'month 50 2027-03-01 → 2027-04-01',
    ],
  },
  {
    name: 'are granted on joining within the window, and expire with it',
    at: '2027-02-22T12',
    open: launched(50),
    story: [],
    gives: ['month 500 2027-02-22T12 → 2027-03-01', 'launch 500 2027-02-22T12 → 2027-03-01'],
  },
  {
    name: 'are not granted after the window',
    at: '2027-03-01',
    open: launched(50),
    story: [],
    gives: ['month 500 2027-03-01 → 2027-04-01'],
  },
  {
    name: 'are granted once, however the slots change',
    at: '2027-02-10',
    open: launched(5),
    story: [
      ['2027-02-11', toSlots(50)],
      ['2027-02-12', toSlots(60)],
    ],
    gives: [
      'month 50 2027-02-10 → 2027-03-01',
      'launch 50 2027-02-10 → 2027-03-01',
      'upgrade 450 2027-02-11 → 2027-03-01',
      'upgrade 100 2027-02-12 → 2027-03-01',
    ],
  },
  {
    name: 'are granted with a change to a plan that has them, from then on',
    at: '2027-02-10',
    open: { plan: 'none' },
    story: [['2027-02-20', to('launched')]],
    gives: ['upgrade 10 2027-02-20 → 2027-03-10', 'launch 10 2027-02-20 → 2027-03-01'],
  },
  {
    name: 'are granted to a lapsed membership only if it is reactivated in time',
    open: launched(5, '2027-01-31T00:00:00.000Z'),
    story: [
      ['2027-02-05', wait],
      ['2027-02-15', reactivate],
    ],
    gives: [
      'month 50 2027-01-15 → 2027-02-01',
      'month 50 2027-02-15 → 2027-03-01',
      'launch 50 2027-02-15 → 2027-03-01',
    ],
  },
  {
    name: 'are granted once over a lapse and a reactivation',
    at: '2027-02-02',
    open: launched(5),
    story: [
      ['2027-02-05', lapse],
      ['2027-02-15', reactivate],
    ],
    gives: ['month 50 2027-02-02 → 2027-03-01', 'launch 50 2027-02-02 → 2027-03-01'],
  },
  {
    name: 'wait for the end of a trial',
    at: '2027-02-02',
    open: { plan: 'launch-after-trial', trial: true, paid_through: '2027-03-09T00:00:00.000Z' },
    story: [['2027-02-09', wait]],
    gives: ['trial 20 2027-02-02 → 2027-02-09', 'launch 70 2027-02-09 → 2027-03-01'],
  },
  {
    name: 'are 0 where their number is not configured',
    at: '2027-02-02',
    open: { plan: 'launch-open', slots: 50 },
    story: [],
    gives: [],
  },
])
