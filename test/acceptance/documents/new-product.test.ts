import path from 'node:path'
import { explainPolicy } from '../../../domain/policy/explain.ts'
import { findInconsistencies } from '../../../domain/policy/inconsistencies.ts'
import { readPolicy } from '../../../platform/policy-store.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { openPortal } from '../../support/clients/portal.ts'
import { blocksOf, followRecipe, readRecipe } from '../../support/clients/recipe.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

// A sixth product, defined by its policy file alone.
const folder = path.join(root, 'test/policies')
const recipe = readRecipe('new-product')

let lotkeeper: Lotkeeper
let talktime: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ POLICIES_DIR: folder })
  talktime = lotkeeper.as('talktime')
})
afterAll(() => lotkeeper?.stop())

test('the recipe: the policy is described as shown', () => {
  const policy = readPolicy(path.join(folder, 'talktime.yaml'))
  expect(findInconsistencies(policy)).toEqual([])
  const described = explainPolicy(policy)
    .map(({ heading, lines }) => [heading, ...lines.map(line => `  ${line}`)].join('\n'))
    .join('\n\n')
  const [expected = 'nothing'] = blocksOf(recipe, 'text')
  expect(described).toContain(expected.trim())
})

test('the recipe: each request gets the answer shown', async () => {
  expect(await followRecipe(recipe, talktime)).toBeGreaterThan(10)
})

test('a yearly plan without a price per minute counts fair use by the month', async () => {
  const account = await createTestAccount(talktime, '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'newsroom' })
  const call = await account.generate({ operation: 'call', outputs: 240 })
  await account.settle(call.body.id, 'complete', { delivered: 100 })
  const balance = await account.balance()
  expect(balance).toMatchObject({
    available: 0,
    daily_limit: null,
    unlimited: { fair_use_limit: 10_000, used: 100, resets_at: '2027-04-10T00:00:00.000Z' },
  })
  expect(await account.entries()).toEqual([])
})

test('a trial allows two concurrent calls and 120 minutes a day; trials are used before topped-up credits', async () => {
  const account = await createTestAccount(talktime, '2027-03-10T00:00:00.000Z')
  await account.grant('topup', 200)
  const transcripts = [1, 2, 3].map(() => ({ operation: 'transcript', outputs: 5 }))
  const free: boolean[] = []
  for (const request of transcripts) {
    const { body } = await talktime.post(`${account.path}/charges`, request)
    free.push(body.free_trial)
  }
  expect(free).toEqual([true, true, false])
  const first = await account.generate({ operation: 'call' })
  await account.generate({ operation: 'call' })
  expect(await account.generate({ operation: 'call' })).toMatchObject({
    status: 429,
    body: { code: 'concurrency_limit_reached', limit: 2 },
  })
  await account.settle(first.body.id, 'complete')
  expect(await account.generate({ operation: 'call', outputs: 51 })).toMatchObject({
    status: 429,
    body: { code: 'daily_limit_reached', limit: 120, used: 70 },
  })
  expect((await account.entries()).filter(entry => entry.endsWith('→ spent'))).toEqual([
    '2027-03-10 10 topup: held → spent',
    '2027-03-10 30 topup: held → spent',
  ])
})

test('a pack is bought by members, and refunded pro rata', async () => {
  const account = await createTestAccount(talktime, '2027-03-10T00:00:00.000Z')
  const offers = async () =>
    (await talktime.get(`/v1/packs?account=${account.path.split('/').pop()}`)).body.data.map((pack: any) => pack.id)
  expect(await offers()).toEqual(['hour'])
  await account.join({ plan: 'solo', trial: true })
  expect(await offers()).toEqual(['hour', 'day'])
  expect(await account.lots()).toEqual(['30 courtesy 2027-03-10 → 2027-03-13'])
})

test('the page shows its logo, its colors, and its plans with their prices', async () => {
  const account = await createTestAccount(talktime, '2027-03-10T00:00:00.000Z')
  const { request } = await openPortal(lotkeeper, talktime, account.path)
  const { body } = await request('/overview')
  expect(body.product).toMatchObject({
    logo: expect.stringMatching(/^data:image\/svg\+xml;base64,/),
    colors: { light: '#a83c12', dark: expect.stringMatching(/^#/) },
  })
  expect(body.plans_to_join).toEqual([
    {
      id: 'solo',
      name: 'Solo',
      price: { amount: 1900, currency: 'EUR' },
      period: 'P1M',
      monthly: { credits: 300, per_slot: false },
      unlimited: false,
      trial: 'P3D',
      url: 'https://talktime.example/plans?plan=solo',
    },
    expect.objectContaining({ id: 'team', monthly: { credits: 500, per_slot: true } }),
    expect.objectContaining({ id: 'newsroom', period: 'P1Y', monthly: null, unlimited: true }),
  ])
  expect(body.refund).toEqual({ window: 'P14D', what: 'unused_part' })
})
