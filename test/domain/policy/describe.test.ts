import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { changesBetween } from '../../../domain/policy/describe-changes.ts'
import { explainPolicy } from '../../../domain/policy/explain.ts'
import { findInconsistencies } from '../../../domain/policy/inconsistencies.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { root } from '../../support/root.ts'
import { policyWith } from './example-policy.ts'

const plan = { name: 'Plan', monthly: { source: 'monthly', credits: 500 } }
const sources = {
  monthly: { validity: 'until_next_grant', members_only: true },
  bought: { validity: 'P2Y' },
}
const order = { spending: { order: ['expiry', 'source'] } }
const pack = { name: 'Pack', credits: 100, price: { amount: 990, currency: 'EUR' }, source: 'bought' }
const completePolicy = { sources, ...order, plans: { plan }, packs: { pack } }

test.each([
  [{ default: 2, maximum: 3 }, 'plus 2 times as much in bought credits, at most 3 times'],
  [{ default: 0, maximum: 0 }, 'without a bonus'],
])('compensation by %j', (multiplier, expected) => {
  const compensation = { source: 'bought', causes: ['fault'], multiplier, approval_above: null }
  const grants = explainPolicy(policyWith({ ...completePolicy, compensation })).find(({ heading }) =>
    /Other grants/.test(heading),
  )
  expect(grants?.lines).toEqual([`For fault: lost credits are restored, ${expected}.`])
})

test.each<[name: string, parts: object, sentence: string | null]>([
  ['nothing', completePolicy, null],
  ['one source needs no order', { spending: { order: ['expiry'] } }, null],
  [
    'sources without an order',
    { ...completePolicy, spending: { order: ['expiry'] } },
    'spending.order: the order of monthly, bought is undefined if they expire at the same time; add source.',
  ],
  [
    'spending for members without a plan',
    { spending: { order: ['expiry'], requires_membership: true } },
    'spending.requires_membership: only members may spend, but the policy has no plans.',
  ],
  [
    'credits that are always frozen',
    { sources: { bought: { validity: 'P2Y', members_only: true } } },
    'sources.bought.members_only: bought credits are always frozen, because the policy has no plans.',
  ],
  [
    'a pack that nobody can buy',
    { packs: { pack: { ...pack, members_only: true } } },
    'packs.pack: it is sold to members only, but the policy has no plans.',
  ],
  [
    'a validity shorter than the month',
    { ...completePolicy, sources: { ...sources, monthly: { validity: 'P3W6D' } } },
    'plans.plan.monthly: monthly credits are valid for P3W6D, which is shorter than a month.',
  ],
  ['30 days are a month', { ...completePolicy, sources: { ...sources, monthly: { validity: 'P30D' } } }, null],
  ['February has 28 days', { ...completePolicy, sources: { ...sources, monthly: { validity: 'P1M' } } }, null],
  [
    'an operation above every daily limit',
    { ...completePolicy, limits: { daily_credits: 5 }, operations: { film: { cost: { minimum: 6, maximum: 9 } } } },
    'operations.film: it costs at least 6 credits, but no plan allows more than 5 a day.',
  ],
  [
    'an operation above every daily limit that is accepted as the first of the day',
    {
      ...completePolicy,
      limits: { daily_credits: 5, above_daily_credits: 'first_of_day' },
      operations: { film: { cost: 6 } },
    },
    null,
  ],
  [
    'an operation within the daily limit of a plan',
    {
      ...completePolicy,
      limits: { daily_credits: 5 },
      plans: { plan: { ...plan, limits: { daily_credits: 6 } } },
      operations: { film: { cost: 6 } },
    },
    null,
  ],
])('findInconsistencies: %s', (_, parts, sentence) => {
  expect(findInconsistencies(policyWith(parts))).toEqual(sentence === null ? [] : [sentence])
})

test.each([...readPolicies(path.join(root, 'policies'))])('the policy %s has no inconsistency', (_, policy) => {
  expect(findInconsistencies(policy)).toEqual([])
})

test('explainPolicy describes a whole policy', () => {
  const policy = policyWith({
    ...completePolicy,
    limits: { daily_credits: 75, concurrency: 3 },
    notices: { low_credits: 20 },
    launch: { from: '2027-02-01T00:00:00Z', period: 'P4W', source: 'bought' },
    plans: {
      plan: {
        ...plan,
        trial: { period: 'P7D', source: 'bought', credits: 20 },
        limits: { daily_credits: null },
      },
      slots: {
        name: 'Slots',
        monthly: { source: 'monthly', credits: { per_slot: 10 } },
        grant_on: { day_of_month: 1 },
        launch: { credits: { per_slot: 10 } },
      },
      open: { name: 'Open', monthly: { source: 'monthly', credits: { per_slot: null } }, payment: 'none' },
      endless: { name: 'Endless', unlimited: { fair_use_credits: 900 }, period: 'P1Y' },
    },
    operations: {
      draw: { cost: 1, free_trials: 2, outputs: { default: 4, maximum: 8 } },
      film: { cost: { minimum: 5, maximum: null }, free_trials: 2 },
      undo: { cost: 0 },
    },
  })
  expect(explainPolicy(policy)).toEqual([
    {
      heading: 'Spending',
      lines: [
        'Accounts may spend with or without a membership.',
        'Accounts that were never members may use each of draw and film 2 times free of charge.',
      ],
    },
    {
      heading: 'Memberships',
      lines: [
        'Plan: 500 monthly credits on joining and on that day of every month; paid by the month; a trial of 7 days gives 20 bought credits at once, once per account.',
        'Slots: 10 monthly credits per slot on joining and on day 1 of every month; paid by the month; 10 bought credits per slot at the launch, once per window.',
        'Open: an undecided number of monthly credits per slot on joining and on that day of every month; for life, without payment.',
        'Endless: unlimited, up to a fair use of 900 credits a month; paid by the year.',
      ],
    },
    {
      heading: 'Packs',
      lines: ['Pack: 100 bought credits for €9.90.', 'Purchases are not refunded.'],
    },
    {
      heading: 'Other grants',
      lines: ['At the launch, 2027-02-01T00:00:00Z, for 4 weeks: bought credits.'],
    },
    {
      heading: 'Prices',
      lines: [
        'draw: 1 credit per output; outputs: 4 by default, at most 8.',
        'film: 5 credits or more per output, stated by the service.',
        'undo: free.',
      ],
    },
    {
      heading: 'Spending order',
      lines: [
        'First the credits that expire earliest; those that never expire come last.',
        'If equal, in the order monthly, then bought; then the older credits.',
      ],
    },
    {
      heading: 'Expiry',
      lines: [
        'Monthly credits expire at the next grant, and are frozen without a membership.',
        'Bought credits expire 2 years after their grant.',
      ],
    },
    {
      heading: 'Limits',
      lines: [
        'All accounts: 75 credits a day (UTC) and 3 generations at once.',
        'Plan: any number of credits a day (UTC).',
      ],
    },
    {
      heading: 'Failures and audits',
      lines: [
        'Credits for outputs that are not delivered are released at once.',
        'Unsettled holds are released after 900 seconds.',
        'Credits released after their expiry are valid for 7 days.',
        'Every account is audited every 24 hours; differences are reported.',
        'Audits move no credits without an approval.',
      ],
    },
    {
      heading: 'Webhooks',
      lines: ['credits.low is sent when an account has fewer than 20 credits, at most once a day.'],
    },
  ])
})

describe('changesBetween', () => {
  const before = policyWith(completePolicy)

  it('is empty where the meaning is the same', () => {
    expect(changesBetween(before, policyWith({ ...completePolicy, version: 2 }))).toEqual([])
  })

  it('names who is affected and what stays (KV-13)', () => {
    const after = policyWith({
      ...completePolicy,
      sources: { ...sources, bought: { validity: 'P1Y' } },
      plans: { plan: { ...plan, monthly: { source: 'monthly', credits: 400 } }, more: { name: 'More' } },
      packs: {},
    })
    expect(changesBetween(before, after)).toEqual([
      {
        who: 'Members who join a plan, or change plan or slots, after the publication',
        keeps: 'Running memberships keep their terms until they change plan or slots.',
        lines: [
          'before: Plan: 500 monthly credits on joining and on that day of every month; paid by the month.',
          'after: Plan: 400 monthly credits on joining and on that day of every month; paid by the month.',
          'added: More: no credits included; paid by the month.',
        ],
      },
      {
        who: 'Credits granted after the publication',
        keeps: 'Existing credits keep their validity.',
        lines: [
          'before: Bought credits expire 2 years after their grant.',
          'after: Bought credits expire 1 year after their grant.',
        ],
      },
      {
        who: 'Packs bought after the publication',
        keeps: 'Earlier purchases keep their amount, price and validity.',
        lines: ['removed: Pack: 100 bought credits for €9.90.'],
      },
      {
        who: 'All accounts after the publication',
        keeps: 'The usage of the day still counts.',
        lines: ['added: More: no limits of its own.'],
      },
    ])
  })
})

test('npm run policy -- check and diff print the policy and its changes', () => {
  const run = (...args: string[]) =>
    execFileSync('node', ['--import', 'tsx', 'scripts/policy.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  expect(run('check', 'policies/kvidai.yaml')).toMatch(/Spending order\n {2}First the credits that expire earliest/)
  expect(run('diff', 'policies/kvidai.yaml', 'policies/kvidai.yaml')).toMatch(/No changes/)
  expect(() => run('diff', 'policies/kvidai.yaml', 'policies/branding.yaml')).toThrow(
    /product: is branding, not kvidai/,
  )
  expect(() => run('check')).toThrow(/npm run policy -- check FILE/)
})
