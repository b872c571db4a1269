import { randomUUID } from 'node:crypto'
import { accountKey } from '../../db/accounts/account-key.ts'
import { checkWidths, closeAndCheck, openPage, startBrowser } from '../support/clients/browser.ts'
import type { Caller } from '../support/clients/caller.ts'
import { runAudit } from '../support/clients/run-audit.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import { corruptLedger } from '../support/database/corrupt-ledger.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let branding: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  branding = lotkeeper.as('branding')
})
afterAll(() => lotkeeper?.stop())

describe('BR-07', () => {
  it.each([
    ['basic-image', 1, 5],
    ['premium-image', 5, 25],
    ['standard-video', 25, 25],
    ['premium-video', 50, null],
    ['model-training', 100, null],
    ['text-to-image', 1, 5],
    ['image-to-video', 25, 50],
  ])('BR-07 %s costs %i to %j, as the service states; outside it is refused', async (operation, minimum, maximum) => {
    const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
    await account.join({ plan: 'agency' })
    const ask = (price: number) => account.generate({ operation, price })
    for (const price of [minimum - 1, ...(maximum === null ? [] : [maximum + 1])])
      expect(await ask(price)).toMatchObject({
        status: 422,
        body: { code: 'price_out_of_range', minimum, maximum },
      })
    const prices = [minimum, maximum ?? minimum + 7]
    for (const price of prices)
      expect((await ask(price)).body).toMatchObject({ unit_cost: price, cost: price, held: price })
    expect((await account.entries()).slice(1)).toEqual(
      prices.map(price => `2027-01-15 ${price} monthly: available → held`),
    )
    const quote = await branding.post(`${account.path}/quotes`, { operation, price: minimum - 1 })
    expect(quote.body).toMatchObject({ allowed: false, refusal: { code: 'price_out_of_range' } })
  })

  it('BR-07 a required price that is missing is refused', async () => {
    const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
    expect(await account.generate({ operation: 'basic-image' })).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ path: 'price' }] },
    })
  })
})

it('BR-08 every variation counts; each generation says what it cost and why', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  await account.join({ plan: 'freelancer' })
  const { body } = await account.generate({ operation: 'basic-image', price: 3, outputs: 4 })
  await account.settle(body.id, 'complete', { delivered: 3 })
  expect((await branding.get(`/v1/generations/${body.id}`)).body).toMatchObject({
    operation: 'basic-image',
    outputs: 4,
    unit_cost: 3,
    cost: 12,
    spent: 9,
    refunded: 3,
    draws: [{ source: 'monthly', amount: 12 }],
  })
  const { data } = (await branding.get(`${account.path}/entries?operation=basic-image`)).body
  expect(data.map((e: any) => [e.generation, e.reason, e.amount])).toEqual([
    [body.id, 'refund', 3],
    [body.id, 'commit', 9],
    [body.id, 'reserve', 12],
  ])
})

it('BR-09 a failed generation is refunded automatically, also when no failure is reported', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  await account.join({ plan: 'freelancer' })
  const failed = await account.generate({ operation: 'standard-video' })
  await account.settle(failed.body.id, 'fail', { reason: 'the model crashed' })
  const silent = await account.generate({ operation: 'standard-video' })
  await account.advance('2027-01-15T00:15:00.000Z')
  expect((await branding.get(`/v1/generations/${silent.body.id}`)).body).toMatchObject({ state: 'timed_out' })
  expect(await account.balance()).toMatchObject({ available: 500, held: 0, daily_limit: { used: 0 } })
  expect((await account.entries()).slice(1)).toEqual([
    '2027-01-15 25 monthly: available → held',
    '2027-01-15 25 monthly: held → available',
    '2027-01-15 25 monthly: available → held',
    '2027-01-15T00:15:00 25 monthly: held → available',
  ])
})

/** An account of a plan that has not used anything today. */
async function startDay(plan: string) {
  const account = await createTestAccount(branding, '2027-01-15T22:00:00.000Z')
  const { id } = await account.join({ plan })
  return { ...account, id, daily: async () => (await account.balance()).daily_limit }
}

it('BR-12 75 credits a day whatever the monthly credits; a refund on the same day restores the limit', async () => {
  const account = await startDay('legacy-branding-app')
  const resets_at = '2027-01-16T00:00:00.000Z'
  expect(await account.daily()).toEqual({ limit: 75, used: 0, resets_at })
  await branding.post(`${account.path}/charges`, { operation: 'standard-video', outputs: 2 })
  const held = await account.generate({ operation: 'standard-video' })
  expect(await account.daily()).toEqual({ limit: 75, used: 75, resets_at })
  expect(await account.generate({ operation: 'basic-image', price: 1 })).toMatchObject({ status: 429 })
  await account.settle(held.body.id, 'fail')
  expect(await account.daily()).toEqual({ limit: 75, used: 50, resets_at })
  const parts = await account.generate({ operation: 'basic-image', price: 5, outputs: 5 })
  await account.settle(parts.body.id, 'complete', { delivered: 2 })
  expect(await account.daily()).toEqual({ limit: 75, used: 60, resets_at })
  expect((await account.entries()).slice(-3)).toEqual([
    '2027-01-15T22:00:00 25 monthly: available → held',
    '2027-01-15T22:00:00 10 monthly: held → spent',
    '2027-01-15T22:00:00 15 monthly: held → available',
  ])
})

it('BR-12 the daily limit resets at midnight UTC; a later refund does not raise the new limit', async () => {
  const account = await startDay('legacy-branding-app')
  const late = await account.generate({ operation: 'standard-video', outputs: 3, timeout_seconds: 36_000 })
  expect(late.status).toBe(201)
  await account.advance('2027-01-16T00:00:00.000Z')
  await branding.post(`${account.path}/charges`, { operation: 'standard-video' })
  await account.settle(late.body.id, 'fail')
  expect(await account.daily()).toEqual({ limit: 75, used: 25, resets_at: '2027-01-17T00:00:00.000Z' })
  expect(await account.balance()).toMatchObject({ available: 183 })
})

it('BR-12 plans and support raise the daily limit', async () => {
  for (const [plan, limit] of [
    ['freelancer', 250],
    ['agency', 1000],
    ['zsuite', 75],
  ] as const)
    expect(await (await startDay(plan)).daily()).toMatchObject({ limit })
  const account = await startDay('legacy-branding-app')
  const set = await branding.put(`${account.path}/limits`, { daily_limit: 100 })
  expect(set).toMatchObject({
    status: 200,
    body: { daily_limit: 100, limit_overrides: { daily_limit: 100 } },
  })
  expect((await account.generate({ operation: 'standard-video', outputs: 4 })).status).toBe(201)
  await branding.put(`${account.path}/limits`, { daily_limit: null })
  expect(await account.daily()).toMatchObject({ limit: 75, used: 100 })
  expect(await lotkeeper.as('branding', 'manage').put(`${account.path}/limits`, {})).toMatchObject({
    status: 403,
  })
})

it('BR-13 the refusal names limit, usage, reset time, and how to raise it', async () => {
  const account = await startDay('legacy-branding-app')
  await branding.post(`${account.path}/charges`, { operation: 'standard-video', outputs: 2 })
  const before = await account.entries()
  const refused = {
    code: 'daily_limit_reached',
    limit: 75,
    used: 50,
    resets_at: '2027-01-16T00:00:00.000Z',
    detail: expect.stringMatching(/Agency.*support/),
  }
  const ask = { operation: 'image-to-video', price: 26 }
  expect(await account.generate(ask)).toMatchObject({ status: 429, body: refused })
  expect((await branding.post(`${account.path}/quotes`, ask)).body).toMatchObject({
    allowed: false,
    refusal: refused,
  })
  expect(await account.entries()).toEqual(before)
})

it('BR-21 an operation above the daily limit is accepted as the first of a day; else the way on is told, on the page too', async () => {
  const account = await startDay('legacy-branding-app')
  const train = { operation: 'model-training', price: 100 }
  const failed = await account.generate(train)
  expect(await account.daily()).toMatchObject({ limit: 75, used: 100 })
  const used = { code: 'daily_limit_reached', limit: 75, used: 100 }
  expect((await account.generate({ operation: 'basic-image', price: 1 })).body).toMatchObject(used)
  await account.settle(failed.body.id, 'fail')
  await branding.post(`${account.path}/charges`, { operation: 'basic-image', price: 1 })
  const early = { ...used, used: 1, required: 100, waiting_helps: true, resets_at: '2027-01-16T00:00:00.000Z' }
  expect((await account.generate(train)).body).toMatchObject({
    ...early,
    detail: expect.stringMatching(/accepted once a day, before other credits are used/),
  })
  await account.advance('2027-01-16T00:00:00.000Z')
  expect((await account.generate({ operation: 'standard-video', outputs: 4 })).body).toMatchObject({
    code: 'daily_limit_reached',
    required: 100,
    waiting_helps: false,
    detail: expect.stringMatching(
      /waiting does not help: request at most 3 outputs at once\. Freelancer .* or support/,
    ),
  })
  expect((await branding.post(`${account.path}/charges`, train)).status).toBe(201)
  expect(await account.daily()).toMatchObject({ limit: 75, used: 100 })

  const browser = await startBrowser()
  const opened = await openPage(browser, branding, account.path)
  for (const [operation, reason] of [
    ['Standard video', 'Waiting does not help: request fewer at once, choose a larger plan, or ask support.'],
    ['Model training', 'It is accepted once a day, before other credits are used.'],
  ] as const) {
    const item = opened.page.locator('details', { hasText: operation }).filter({ hasText: 'Refused' })
    await item.locator('summary').click()
    await item.getByText(reason).waitFor()
  }
  await checkWidths(opened.page, 'refusals')
  await closeAndCheck(opened)
  await browser.close()
})

it('BR-16 an audit finds where history and ledger differ, repairs it with a bonus, and explains it', async () => {
  const support = lotkeeper.as('branding', 'support')
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer', paid_through: '2027-04-15T00:00:00Z' })
  const bought = await branding.post(`${account.path}/purchases`, { provider: 'manual', pack: 'boost-100' })
  await branding.post(`/v1/purchases/${bought.body.id}/payment`, { reference: 'a receipt' })
  await account.advance('2027-02-20T00:00:00.000Z')
  const right = await runAudit(support, account.path)
  expect(right).toMatchObject({
    status: 201,
    body: {
      state: 'done',
      expected: { memberships: 1000, purchases: 100 },
      ledger: { membership: 1000, purchase: 100 },
      payments: [{ purchase: bought.body.id, paid: true, bought: 100, taken_back: 0 }],
      findings: [],
      bonus: 0,
      explanation: expect.stringMatching(/^On 2027-02-20 .* Everything is correct\.$/m),
    },
  })
  const key = accountKey('branding', account.path.split('/').at(-1) ?? '')
  await corruptLedger(
    lotkeeper.db,
    key,
    `update lots set expires_at = '2027-02-18T00:00:00Z' where account_key = $1 and granted_at = '2027-02-15T00:00:00Z'`,
  )
  expect(await account.balance()).toMatchObject({ available: 100 })
  const request = randomUUID()
  const wrong = await runAudit(support, account.path, request)
  expect(wrong).toMatchObject({
    status: 201,
    body: { state: 'done', corrections: [{ kind: 'wrong_expiry', credits: 500 }], bonus: 50 },
  })
  expect(wrong.body.explanation).toBe(
    [
      'On 2027-02-20 we compared your purchases and every month of your membership with your credits. We found 1 difference:',
      '- 2027-02-15: 500 monthly credits had the wrong expiry date; corrected.',
      'Everything has been corrected.',
      'Of the 1650 credits that you received, 500 expired, 500 were revoked or replaced by corrections and 650 are left.',
      'We are sorry, and have added 50 credits to your account.',
    ].join('\n'),
  )
  expect(await runAudit(support, account.path, request)).toMatchObject({ body: wrong.body })
  expect((await support.get(`/v1/audits/${wrong.body.id}`)).body).toEqual(wrong.body)
  expect(await account.balance()).toMatchObject({ available: 650 })
  expect((await account.entries()).slice(-3)).toEqual([
    '2027-02-20 500 monthly: available → revoked',
    '2027-02-20 500 monthly: issued → available',
    '2027-02-20 50 bonus: issued → available',
  ])
  expect((await account.lots()).slice(-2)).toEqual([
    '500 monthly 2027-02-20 → 2027-03-15',
    '50 bonus 2027-02-20 → never',
  ])
  expect(await lotkeeper.as('branding', 'manage').post(`${account.path}/audits`)).toMatchObject({ status: 403 })
  // The next monthly grant is not affected.
  await account.advance('2027-03-16T00:00:00.000Z')
  expect((await runAudit(support, account.path)).body.findings).toEqual([])
  expect((await branding.get(`/v1/memberships/${id}`)).body).toMatchObject({ state: 'active' })
})
