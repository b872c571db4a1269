import { lapse, reactivate, testMemberships, to, toSlots, wait } from './membership-cases.ts'

// The launch window is 2027-02-01 to 2027-03-01, for everybody.
const launched = (slots: number, paid_through = '2027-06-01T00:00:00.000Z') => ({
  plan: 'launched',
  slots,
  paid_through,
})

testMemberships('credits of a launch (LS-09)', [
  {
    name: 'are granted at the launch to existing members, and overlap a month',
    opening: launched(5),
    events: [['2027-03-02', wait]],
    grants: [
      'month 50 2027-01-15 → 2027-02-01',
      'month 50 2027-02-01 → 2027-03-01',
      'launch 50 2027-02-01 → 2027-03-01',
      'month 50 2027-03-01 → 2027-04-01',
    ],
  },
  {
    name: 'are granted on joining within the window, and expire with it',
    at: '2027-02-22T12',
    opening: launched(50),
    events: [],
    grants: ['month 500 2027-02-22T12 → 2027-03-01', 'launch 500 2027-02-22T12 → 2027-03-01'],
  },
  {
    name: 'are not granted after the window',
    at: '2027-03-01',
    opening: launched(50),
    events: [],
    grants: ['month 500 2027-03-01 → 2027-04-01'],
  },
  {
    name: 'are granted once, however the slots change',
    at: '2027-02-10',
    opening: launched(5),
    events: [
      ['2027-02-11', toSlots(50)],
      ['2027-02-12', toSlots(60)],
    ],
    grants: [
      'month 50 2027-02-10 → 2027-03-01',
      'launch 50 2027-02-10 → 2027-03-01',
      'upgrade 450 2027-02-11 → 2027-03-01',
      'upgrade 100 2027-02-12 → 2027-03-01',
    ],
  },
  {
    name: 'are granted with a change to a plan that has them, from then on',
    at: '2027-02-10',
    opening: { plan: 'none' },
    events: [['2027-02-20', to('launched')]],
    grants: ['upgrade 10 2027-02-20 → 2027-03-10', 'launch 10 2027-02-20 → 2027-03-01'],
  },
  {
    name: 'are granted to a lapsed membership only if it is reactivated in time',
    opening: launched(5, '2027-01-31T00:00:00.000Z'),
    events: [
      ['2027-02-05', wait],
      ['2027-02-15', reactivate],
    ],
    grants: [
      'month 50 2027-01-15 → 2027-02-01',
      'month 50 2027-02-15 → 2027-03-01',
      'launch 50 2027-02-15 → 2027-03-01',
    ],
  },
  {
    name: 'are granted once over a lapse and a reactivation',
    at: '2027-02-02',
    opening: launched(5),
    events: [
      ['2027-02-05', lapse],
      ['2027-02-15', reactivate],
    ],
    grants: ['month 50 2027-02-02 → 2027-03-01', 'launch 50 2027-02-02 → 2027-03-01'],
  },
  {
    name: 'wait for the end of a trial',
    at: '2027-02-02',
    opening: { plan: 'launch-after-trial', trial: true, paid_through: '2027-03-09T00:00:00.000Z' },
    events: [['2027-02-09', wait]],
    grants: ['trial 20 2027-02-02 → 2027-02-09', 'launch 70 2027-02-09 → 2027-03-01'],
  },
  {
    name: 'are 0 where their number is not configured',
    at: '2027-02-02',
    opening: { plan: 'launch-open', slots: 50 },
    events: [],
    grants: [],
  },
])
