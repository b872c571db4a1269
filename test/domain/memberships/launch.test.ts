import { step } from '../../../domain/memberships/due.ts'
import { apply } from '../../../domain/memberships/events.ts'
import type { Membership } from '../../../domain/memberships/membership.ts'
import { openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import { policyWith } from '../policy/example-policy.ts'
import { describeGrant, lapse, reactivate, testMemberships, time, to, toSlots, wait } from './membership-cases.ts'

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

describe('launch credits per month (LS-22), in the window from 2027-02-15 to 2027-03-15', () => {
  const policy = policyWith({
    sources: { monthly: { validity: 'until_next_grant' }, launch: { validity: 'stated_by_grant' } },
    launch: { from: '2027-02-15T00:00:00Z', period: 'P4W', source: 'launch', per: 'month' },
    plans: {
      plan: {
        name: 'Plan',
        grant_on: { day_of_month: 1 },
        grace: 'P7D',
        monthly: { source: 'monthly', credits: 10 },
        launch: { credits: 10 },
      },
    },
  })
  const open = (at: string, paid_through: string, launched?: string) =>
    openMembership(
      termsOf(policy, 'plan'),
      { plan: 'plan', paid_through: time(paid_through), launched },
      'UTC',
      time(at),
    )
  const launchesBy = (at: string, membership: Membership) =>
    step(membership, time(at))
      .due.filter(({ what }) => what === 'launch')
      .map(describeGrant)

  it('are granted in both months that the window overlaps, and live to its end', () => {
    const { membership } = open('2027-01-20', '2027-06-01')
    expect(launchesBy('2027-05-01', membership)).toEqual([
      'launch 10 2027-02-15 → 2027-03-15',
      'launch 10 2027-03-01 → 2027-03-15',
    ])
  })

  it('are granted once in each of these months, if the membership is begun again', () => {
    const first = step(open('2027-02-10', '2027-06-01').membership, time('2027-02-16')).membership
    const { launched } = apply(first, { kind: 'cancel', when: 'now' }, time('2027-02-17')).membership
    const { membership, due } = open('2027-02-18', '2027-06-01', launched)
    expect(due.map(describeGrant)).toEqual(['month 10 2027-02-18 → 2027-03-01'])
    expect(launchesBy('2027-05-01', membership)).toEqual(['launch 10 2027-03-01 → 2027-03-15'])
    const { due: late } = open('2027-03-05', '2027-06-01', launched)
    expect(late.map(describeGrant)).toContain('launch 10 2027-03-05 → 2027-03-15')
  })

  it('wait for the payment of the month', () => {
    const { membership } = open('2027-02-20', '2027-03-01')
    expect(launchesBy('2027-03-03', membership)).toEqual([])
    const { due } = apply(membership, { kind: 'renew', paid_through: time('2027-04-01') }, time('2027-03-04'))
    expect(due.map(describeGrant)).toEqual(['month 10 2027-03-01 → 2027-04-01', 'launch 10 2027-03-01 → 2027-03-15'])
  })
})
