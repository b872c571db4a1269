import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { changesBetween } from '../../../domain/policy/changes.ts'
import { explainPolicy } from '../../../domain/policy/describe.ts'
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
const whole = { sources, ...order, plans: { plan }, packs: { pack } }

test.each([
  [{ default: 2, maximum: 3 }, 'and 2 times as much is added in bought credits, 3 times at most'],
  [{ default: 0, maximum: 0 }, 'without a bonus'],
])('compensation by %j', (multiplier, words) => {
  const compensation = { source: 'bought', causes: ['fault'], multiplier, approval_above: null }
  const given = explainPolicy(policyWith({ ...whole, compensation })).find(({ heading }) =>
    /besides/.test(heading),
  )
  expect(given?.lines).toEqual([`For fault: what was lost comes back, ${words}.`])
})

test.each<[name: string, parts: object, sentence: string | null]>([
  ['nothing', whole, null],
  ['one source needs no order', { spending: { order: ['expiry'] } }, null],
  [
    'sources without an order',
    { ...whole, spending: { order: ['expiry'] } },
    'spending.order: nothing says which of monthly, bought is spent first when they expire at the same time; add source.',
  ],
  [
    'members only, and no plan',
    { spending: { order: ['expiry'], requires_membership: true } },
    'spending.requires_membership: only members may spend, and there is no plan to become one.',
  ],
  [
    'credits that nobody can unfreeze',
    { sources: { bought: { validity: 'P2Y', members_only: true } } },
    'sources.bought.members_only: bought credits are always frozen: there is no plan.',
  ],
  [
    'a pack that nobody can reach',
    { packs: { pack: { ...pack, members_only: true } } },
    'packs.pack: it is sold to members only, and there is no plan to become one.',
  ],
  [
    'a validity shorter than the month',
    { ...whole, sources: { ...sources, monthly: { validity: 'P3W6D' } } },
    'plans.plan.monthly: monthly credits live P3W6D, which is shorter than the month they are for.',
  ],
  ['30 days are a month', { ...whole, sources: { ...sources, monthly: { validity: 'P30D' } } }, null],
  ['February has 28 days', { ...whole, sources: { ...sources, monthly: { validity: 'P1M' } } }, null],
  [
    'a tool that no day allows',
    { ...whole, limits: { daily_credits: 5 }, operations: { film: { cost: { minimum: 6, maximum: 9 } } } },
    'operations.film: it costs 6 or more, and no plan may use more than 5 a day.',
  ],
  [
    'a tool that a plan allows',
    {
      ...whole,
      limits: { daily_credits: 5 },
      plans: { plan: { ...plan, limits: { daily_credits: 6 } } },
      operations: { film: { cost: 6 } },
    },
    null,
  ],
])('inconsistencies: %s', (_, parts, sentence) => {
  expect(findInconsistencies(policyWith(parts))).toEqual(sentence === null ? [] : [sentence])
})

test.each([...readPolicies(path.join(root, 'policies'))])('%s has no contradiction', (_, policy) => {
  expect(findInconsistencies(policy)).toEqual([])
})

test('a policy in plain words', () => {
  const policy = policyWith({
    ...whole,
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
      heading: 'Who may spend',
      lines: [
        'Everybody who has credits, with a membership or without.',
        'Who never was a member may use each of draw and film 2 times for nothing.',
      ],
    },
    {
      heading: 'What a member gets, and when',
      lines: [
        'Plan: 500 monthly credits on the day of joining and that day of every month; paid by the month; a trial of 7 days gives 20 bought credits at once.',
        'Slots: 10 monthly credits for each slot on joining and on day 1 of every month; paid by the month; 10 bought credits for each slot of the launch, once.',
        'Open: a number not decided yet of monthly credits for each slot on the day of joining and that day of every month; for life, without payment.',
        'Endless: no credits are spent, up to what would have cost 900 a month; paid by the year.',
      ],
    },
    {
      heading: 'What can be bought',
      lines: ['Pack: 100 bought credits for €9.90.', 'Purchases are not refunded.'],
    },
    {
      heading: 'What is given besides',
      lines: ['At the launch, 2027-02-01T00:00:00Z, for 4 weeks: bought credits.'],
    },
    {
      heading: 'What it costs',
      lines: [
        'draw: 1 credit for each output; 4 unless asked otherwise, 8 at most.',
        'film: 5 credits or more for each output, as the service states.',
        'undo: free.',
      ],
    },
    {
      heading: 'What is spent first',
      lines: [
        'First what expires earliest; what never expires comes last.',
        'Where that is the same, in the order monthly, then bought; then the older credits.',
      ],
    },
    {
      heading: 'What expires when',
      lines: [
        'Monthly credits expire when the next ones come, and are frozen while there is no membership.',
        'Bought credits expire 2 years after they were given.',
      ],
    },
    {
      heading: 'How much may be used',
      lines: [
        'Everybody: 75 credits a day (UTC) and 3 generations at once.',
        'Plan: any number of credits a day (UTC).',
      ],
    },
    {
      heading: 'When something fails',
      lines: [
        'What is not delivered comes back by itself, at once.',
        'What nobody settles comes back after 900 seconds.',
        'What comes back after its expiry lives 7 days more.',
        'Every account is audited every 24 hours; what is wrong is reported.',
        'An audit moves no credits without an approval.',
      ],
    },
    {
      heading: 'Of what the product is told',
      lines: ['That spending leaves an account fewer than 20 credits, once a day at most.'],
    },
  ])
})

describe('what a new version changes', () => {
  const before = policyWith(whole)

  it('is empty where the meaning is the same', () => {
    expect(changesBetween(before, policyWith({ ...whole, version: 2 }))).toEqual([])
  })

  it('names who is affected and what stays (KV-13)', () => {
    const after = policyWith({
      ...whole,
      sources: { ...sources, bought: { validity: 'P1Y' } },
      plans: { plan: { ...plan, monthly: { source: 'monthly', credits: 400 } }, more: { name: 'More' } },
      packs: {},
    })
    expect(changesBetween(before, after)).toEqual([
      {
        who: 'Who joins a plan, or changes plan or slots, from the publication on',
        keeps: 'Memberships that run keep the terms they were sold under until plan or slots are changed.',
        lines: [
          'was: Plan: 500 monthly credits on the day of joining and that day of every month; paid by the month.',
          'now: Plan: 400 monthly credits on the day of joining and that day of every month; paid by the month.',
          'new: More: no credits included; paid by the month.',
        ],
      },
      {
        who: 'Credits that are given from the publication on',
        keeps: 'Credits that are there keep the validity they were given with.',
        lines: [
          'was: Bought credits expire 2 years after they were given.',
          'now: Bought credits expire 1 year after they were given.',
        ],
      },
      {
        who: 'Who buys a pack from the publication on',
        keeps: 'What was bought keeps its amount, price and validity.',
        lines: ['gone: Pack: 100 bought credits for €9.90.'],
      },
      {
        who: 'Everybody, from the publication on',
        keeps: 'What is used of the day is counted on.',
        lines: ['new: More: no limit of its own.'],
      },
    ])
  })
})

test('npm run policy -- check and diff, as one runs them', () => {
  const run = (...args: string[]) =>
    execFileSync('node', ['--import', 'tsx', 'scripts/policy.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  expect(run('check', 'policies/kvidai.yaml')).toMatch(/What is spent first\n {2}First what expires earliest/)
  expect(run('diff', 'policies/kvidai.yaml', 'policies/kvidai.yaml')).toMatch(/No changes/)
  expect(() => run('diff', 'policies/kvidai.yaml', 'policies/branding.yaml')).toThrow(
    /product: is branding, not kvidai/,
  )
  expect(() => run('check')).toThrow(/npm run policy -- check FILE/)
})
