import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { accountWith, balanceOf, complete, entriesOf, linesOf, reserve } from './metered-calls.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller
let branding: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  ;[kvidai, branding] = [lotkeeper.as('kvidai'), lotkeeper.as('branding')]
})
afterAll(() => lotkeeper?.stop())

describe('a metered operation', () => {
  it('RC-01 GET /v1/operations shows the rates and the rules of settlement', async () => {
    const { data } = (await kvidai.get('/v1/operations')).body
    expect(data.find((each: any) => each.operation === 'chat')).toMatchObject({
      unit_cost: null,
      rates: {
        meters: [
          { meter: 'input_tokens', credits: 1, per: 1000, included: 0 },
          { meter: 'output_tokens', credits: 4, per: 1000, included: 0 },
        ],
        rounding: 'carry',
      },
      settlement: { excess: 'draw', late_settlement: 'PT1H', extendable_to: 'P1D' },
    })
  })

  it.each<[object, string]>([
    [{ operation: 'chat' }, 'usage_estimate'],
    [{ operation: 'chat', usage_estimate: { words: 1 } }, 'usage_estimate.words'],
    [{ operation: 'chat', usage_estimate: { input_tokens: 1 }, maximum_cost: 3 }, 'maximum_cost'],
    [{ operation: 'chat', usage_estimate: { input_tokens: 1 }, price: 3 }, 'price'],
    [{ operation: 'image', usage_estimate: { input_tokens: 1 } }, 'usage_estimate'],
    [{ operation: 'image', maximum_cost: 3 }, 'maximum_cost'],
  ])('%j is refused: invalid_request of %s', async (request, path) => {
    const account = await accountWith(10, kvidai)
    const { status, body } = await kvidai.post(`${account}/generations`, request)
    expect({ status, code: body.code, path: body.errors[0].path }).toEqual({
      status: 422,
      code: 'invalid_request',
      path,
    })
  })

  it('RC-02 holds the estimate and settles what was used', async () => {
    const account = await accountWith(20, kvidai)
    const request = { operation: 'chat', usage_estimate: { input_tokens: 2000, output_tokens: 1000 } }
    const reserved = await kvidai.post(`${account}/generations`, request)
    expect(reserved.body).toMatchObject({ cost: 6, unit_cost: null, held: 6, usage: null, late: false })
    expect(reserved.body.usage_estimate).toEqual(request.usage_estimate)
    const { id } = reserved.body
    const settled = await complete(kvidai, id, { usage: { input_tokens: 1000, output_tokens: 500 } })
    expect(settled.body).toMatchObject({ state: 'committed', cost: 6, spent: 3, refunded: 3, held: 0, waived: 0 })
    expect(settled.body.usage).toEqual({ input_tokens: 1000, output_tokens: 500 })
    expect(linesOf(settled.body)).toEqual([
      'input_tokens 1000 at 1 per 1,000: 1',
      'output_tokens 500 at 4 per 1,000: 2',
    ])
    expect((await kvidai.get(`/v1/generations/${id}`)).body).toEqual(settled.body)
    expect(await entriesOf(kvidai, account)).toEqual([
      '6 available → held (reserve)',
      '3 held → spent (commit)',
      '3 held → available (unused)',
    ])
    const again = await complete(kvidai, id, { usage: { input_tokens: 1000, output_tokens: 500 } })
    expect(again).toMatchObject({ status: 200, body: { spent: 3 } })
    const otherwise = await complete(kvidai, id, { usage: { input_tokens: 1000, output_tokens: 501 } })
    expect(otherwise).toMatchObject({ status: 409, body: { code: 'already_settled' } })
  })

  it('RC-02 holds a maximum instead of an estimate', async () => {
    const account = await accountWith(20, kvidai)
    const id = await reserve(kvidai, account, { operation: 'chat', maximum_cost: 5 })
    expect(await balanceOf(kvidai, account)).toMatchObject({ held: 5 })
    expect(await complete(kvidai, id)).toMatchObject({ status: 422, body: { errors: [{ path: 'usage' }] } })
    expect((await complete(kvidai, id, { usage: { input_tokens: 4000 } })).body).toMatchObject({
      spent: 4,
      refunded: 1,
    })
  })

  it('RC-02 fail and cancel give all back, and a charge settles at once', async () => {
    const account = await accountWith(20, kvidai)
    for (const end of ['fail', 'cancel']) {
      const id = await reserve(kvidai, account, { operation: 'chat', maximum_cost: 5 })
      expect((await kvidai.post(`/v1/generations/${id}/${end}`)).body).toMatchObject({ spent: 0, refunded: 5 })
    }
    const charged = await kvidai.post(`${account}/charges`, { operation: 'chat', usage: { input_tokens: 7000 } })
    expect(charged).toMatchObject({
      status: 201,
      body: { state: 'committed', spent: 7, usage: { input_tokens: 7000 } },
    })
    expect(await balanceOf(kvidai, account)).toMatchObject({ available: 13, held: 0 })
  })

  it('RC-04 never costs more than the quote for a usage up to the estimate', async () => {
    const account = await accountWith(20, kvidai)
    const usage_estimate = { input_tokens: 1234, output_tokens: 567 }
    const { body: quoted } = await kvidai.post(`${account}/quotes`, { operation: 'chat', usage_estimate })
    expect(quoted.cost).toBe(4)
    for (let n = 0; n < 3; n++) {
      const id = await reserve(kvidai, account, { operation: 'chat', usage_estimate })
      const { body } = await complete(kvidai, id, { usage: usage_estimate })
      expect(body.spent).toBeLessThanOrEqual(quoted.cost)
    }
    expect(await balanceOf(kvidai, account)).toMatchObject({ available: 20 - 10, held: 0 })
  })
})

describe('a stated cost', () => {
  it('RC-06 is charged within the range of the operation', async () => {
    const time = await createTestAccount(branding, '2027-01-31T00:00:00.000Z')
    await branding.put(`${time.path}/limits`, { daily_limit: 1000 })
    await time.grant('purchased', 500)
    const id = await reserve(branding, time.path, { operation: 'model-training', maximum_cost: 150 })
    expect(await complete(branding, id)).toMatchObject({ status: 422, body: { errors: [{ path: 'cost' }] } })
    expect(await complete(branding, id, { cost: 99 })).toMatchObject({
      status: 422,
      body: { code: 'price_out_of_range' },
    })
    expect((await complete(branding, id, { cost: 120 })).body).toMatchObject({
      state: 'committed',
      spent: 120,
      refunded: 30,
    })
    const dear = await reserve(branding, time.path, { operation: 'premium-video', outputs: 2, price: 60 })
    expect((await complete(branding, dear, { cost: 130 })).body).toMatchObject({ cost: 120, spent: 130, refunded: 0 })
    expect((await time.balance()).daily_limit).toMatchObject({ used: 250 })
  })
})

describe('the deadline', () => {
  const start = '2027-01-31T00:00:00.000Z'

  it('RC-07 moves, tops the hold up for what was used, and settles what was reported', async () => {
    const time = await createTestAccount(kvidai, start)
    await time.grant('purchased', 20)
    const id = await reserve(kvidai, time.path, { operation: 'chat', maximum_cost: 3, timeout_seconds: 60 })
    const extended = await time.settle(id, 'extend', { timeout_seconds: 600, usage: { input_tokens: 5200 } })
    expect(extended).toMatchObject({ deadline: '2027-01-31T00:10:00.000Z', held: 6, usage: { input_tokens: 5200 } })
    await time.advance('2027-01-31T00:09:59.000Z')
    expect((await kvidai.get(`/v1/generations/${id}`)).body.state).toBe('reserved')
    const beyond = await kvidai.post(`/v1/generations/${id}/extend`, { timeout_seconds: 86_400 })
    expect(beyond).toMatchObject({ status: 422, body: { errors: [{ path: 'timeout_seconds' }] } })
    const dear = { timeout_seconds: 600, usage: { input_tokens: 50_000 } }
    expect(await kvidai.post(`/v1/generations/${id}/extend`, dear)).toMatchObject({
      status: 402,
      body: { code: 'insufficient_credits', required: 44, available: 14 },
    })
    await time.advance('2027-01-31T00:10:00.000Z')
    const { body } = await kvidai.get(`/v1/generations/${id}`)
    expect(body).toMatchObject({ state: 'timed_out', spent: 5, refunded: 1, usage: { input_tokens: 5200 } })
    expect(await kvidai.post(`/v1/generations/${id}/extend`, { timeout_seconds: 60 })).toMatchObject({ status: 409 })
  })

  it('RC-07 is fixed where the policy does not let it move', async () => {
    const account = await accountWith(10, kvidai)
    const id = await reserve(kvidai, account, { operation: 'image' })
    const refused = await kvidai.post(`/v1/generations/${id}/extend`, { timeout_seconds: 60 })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'timeout_seconds' }] } })
  })

  it('RC-08 is over, but a result is charged what is available within an hour', async () => {
    const time = await createTestAccount(kvidai, start)
    await time.grant('purchased', 10)
    const id = await reserve(kvidai, time.path, { operation: 'chat', maximum_cost: 6, timeout_seconds: 60 })
    await time.advance('2027-01-31T00:01:00.000Z')
    expect(await time.balance()).toMatchObject({ available: 10, held: 0 })
    await reserve(kvidai, time.path, { operation: 'image', outputs: 3, timeout_seconds: 7200 })
    await time.advance('2027-01-31T01:01:00.000Z')
    const usage = { input_tokens: 9000 }
    const late = await complete(kvidai, id, { usage })
    expect(late).toMatchObject({
      status: 200,
      body: { state: 'committed', late: true, spent: 4, waived: 5, held: 0, usage },
    })
    expect(await complete(kvidai, id, { usage })).toMatchObject({ status: 200, body: { spent: 4 } })
    expect(await complete(kvidai, id, { usage: { input_tokens: 1 } })).toMatchObject({ status: 409 })
    expect((await entriesOf(kvidai, time.path)).slice(-2)).toEqual([
      '4 available → held (late)',
      '4 held → spent (commit)',
    ])
  })
})

describe('limits', () => {
  it('RC-09 count the actual cost', async () => {
    const time = await createTestAccount(kvidai, '2027-01-31T12:00:00.000Z')
    await time.grant('purchased', 100)
    await kvidai.put(`${time.path}/limits`, { daily_limit: 20 })
    const used = async () => (await time.balance()).daily_limit.used
    const id = await reserve(kvidai, time.path, { operation: 'chat', maximum_cost: 8 })
    expect(await used()).toBe(8)
    await complete(kvidai, id, { usage: { input_tokens: 3000 } })
    expect(await used()).toBe(3)
    const more = await reserve(kvidai, time.path, { operation: 'chat', maximum_cost: 2 })
    await complete(kvidai, more, { usage: { input_tokens: 10_000 } })
    expect(await used()).toBe(13)
  })

  it('RC-09 that are set within a day count what was used before in it', async () => {
    const time = await createTestAccount(kvidai, '2027-01-31T12:00:00.000Z')
    await time.grant('purchased', 100)
    const open = await reserve(kvidai, time.path, { operation: 'image', outputs: 4, timeout_seconds: 600 })
    await complete(kvidai, await reserve(kvidai, time.path, { operation: 'text', outputs: 5 }), { delivered: 3 })
    await kvidai.put(`${time.path}/limits`, { daily_limit: 20 })
    const used = async () => (await time.balance()).daily_limit.used
    expect(await used()).toBe(11)
    const refused = await kvidai.post(`${time.path}/generations`, { operation: 'text', outputs: 10 })
    expect(refused).toMatchObject({ status: 429, body: { code: 'daily_limit_reached', used: 11, limit: 20 } })
    await reserve(kvidai, time.path, { operation: 'text', outputs: 9 })
    expect(await used()).toBe(20)
    await complete(kvidai, open, { delivered: 1 })
    expect(await used()).toBe(14)
    await time.advance('2027-02-01T00:00:00.000Z')
    expect(await used()).toBe(0)
  })
})
