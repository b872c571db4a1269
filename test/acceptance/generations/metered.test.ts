import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { verify } from '../../../db/ledger/verify.ts'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let folder: string
let lotkeeper: Lotkeeper
let kvidai: Caller
let branding: Caller
let renderer: Caller
/** A generation that was reserved before the second version of the policy. */
let early: { account: string; id: string }

/** Enough for the start and a reservation. */
const SECOND_VERSION_MS = 25_000

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'metered-'))
  await cp(path.join(root, 'policies'), folder, { recursive: true })
  await writePolicies()
  lotkeeper = await startLotkeeper({ POLICIES_DIR: folder })
  ;[kvidai, branding, renderer] = [lotkeeper.as('kvidai'), lotkeeper.as('branding'), lotkeeper.as('renderer')]
  const account = await accountWith(10, renderer)
  early = { account, id: await reserve(renderer, account, { operation: 'dearer', usage_estimate: { words: 100 } }) }
})
afterAll(async () => {
  expect(await verify(lotkeeper.db)).toEqual([])
  await lotkeeper?.stop()
  await rm(folder, { recursive: true })
})

/** The policies of the product, and a coming version in which one operation costs twice as much. */
async function writePolicies(): Promise<void> {
  const policy = await readFile(path.join(root, 'test/policies/renderer.yaml'), 'utf8')
  const second = policy
    .replace('version: 1', 'version: 2')
    .replace('2026-11-01T00:00:00Z', new Date(Date.now() + SECOND_VERSION_MS).toISOString())
    .replace('dearer: { rates: { meters: { words: { credits: 1', 'dearer: { rates: { meters: { words: { credits: 2')
  await writeFile(path.join(folder, 'renderer.yaml'), policy)
  await writeFile(path.join(folder, 'renderer-2.yaml'), second)
}

async function accountWith(amount: number, caller: Caller): Promise<string> {
  const account = `/v1/accounts/${randomUUID()}`
  await caller.put(account, {})
  if (amount > 0) await caller.post(`${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  return account
}

async function reserve(caller: Caller, account: string, body: object): Promise<string> {
  const { status, body: generation } = await caller.post(`${account}/generations`, body)
  expect({ status, ...(status === 201 ? {} : generation) }).toEqual({ status: 201 })
  return generation.id
}

const complete = (caller: Caller, id: string, body: object = {}): Promise<Answer> =>
  caller.post(`/v1/generations/${id}/complete`, body)

async function balanceOf(caller: Caller, account: string) {
  const { available, held, debt } = (await caller.get(`${account}/balance`)).body
  return { available, held, debt }
}

/** The entries of an account as `amount from → to (reason)`, oldest first, without its grants. */
async function entriesOf(caller: Caller, account: string): Promise<string[]> {
  const { data } = (await caller.get(`${account}/entries?limit=100`)).body
  const moves = data.reverse().filter((e: any) => e.from !== 'issued')
  return moves.map((e: any) => `${e.amount} ${e.from} → ${e.to} (${e.reason})`)
}

/** Line by line: `item quantity at rate: credits`. */
const linesOf = ({ price_lines }: Answer['body']): string[] =>
  price_lines.map((l: any) => `${l.item}${l.quantity === null ? '' : ` ${l.quantity}`} at ${l.rate}: ${l.credits}`)

describe('a rate card', () => {
  it('RC-01 prices outputs, options and measured quantities, explained line by line', async () => {
    const account = await accountWith(100, renderer)
    const request = { operation: 'film', outputs: 2, options: { resolution: 'hd', quality: 'final' } }
    const { body } = await renderer.post(`${account}/quotes`, { ...request, usage_estimate: { seconds: 45 } })
    expect(body).toMatchObject({ cost: 22, unit_cost: null, allowed: true })
    expect(linesOf(body)).toEqual([
      'outputs 2 at 1: 2',
      'resolution: hd 2 at 5: 10',
      'seconds 45 at 1 per 10 beyond 20: 2.5',
      'quality: final at × 1.5: 7.25',
    ])
    const draft = { operation: 'film', options: { resolution: 'sd', quality: 'draft' } }
    const least = await renderer.post(`${account}/quotes`, { ...draft, usage_estimate: { seconds: 1 } })
    expect([least.body.cost, linesOf(least.body).at(-1)]).toEqual([4, 'minimum at 4: 2.5'])
    const most = await renderer.post(`${account}/quotes`, { ...draft, usage_estimate: { seconds: 1_000_000 } })
    expect([most.body.cost, linesOf(most.body).at(-1)]).toEqual([40, 'maximum at 40: -49960.5'])
  })

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
})

describe('a metered generation', () => {
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

  it('RC-05 rounds up, or carries fractions to the next generation of the operation', async () => {
    const account = await accountWith(20, renderer)
    const spent = async (operation: string, words: number) => {
      const id = await reserve(renderer, account, { operation, usage_estimate: { words: 20 } })
      return (await complete(renderer, id, { usage: { words } })).body.spent
    }
    expect([await spent('capped', 3), await spent('capped', 3)]).toEqual([1, 1])
    const carried: number[] = []
    for (const words of [3, 3, 3, 1, 19]) carried.push(await spent('carried', words))
    expect(carried).toEqual([0, 0, 0, 1, 1])
    const again: number[] = [await spent('carried', 1)]
    expect(again).toEqual([1])
  })

  it('RC-11 items of a batch state their own usage', async () => {
    const account = await accountWith(20, renderer)
    const id = await reserve(renderer, account, { operation: 'rejected', outputs: 3, usage_estimate: { words: 100 } })
    const first = await complete(renderer, id, { items: [{ index: 0, ok: true, usage: { words: 15 } }] })
    expect(first.body).toMatchObject({ state: 'reserved', spent: 2, held: 8 })
    const same = await complete(renderer, id, { items: [{ index: 0, ok: true, usage: { words: 15 } }] })
    expect(same).toMatchObject({ status: 200, body: { spent: 2 } })
    const other = await complete(renderer, id, { items: [{ index: 0, ok: true, usage: { words: 16 } }] })
    expect(other).toMatchObject({ status: 409, body: { code: 'already_settled' } })
    const last = await complete(renderer, id, {
      items: [
        { index: 1, ok: false },
        { index: 2, ok: true, usage: { words: 14 } },
      ],
    })
    expect(last.body).toMatchObject({ state: 'partially_refunded', spent: 3, refunded: 7, usage: { words: 29 } })
  })
})

describe('usage above the estimate', () => {
  it('RC-10 is refused, and may be settled again', async () => {
    const account = await accountWith(20, renderer)
    const id = await reserve(renderer, account, { operation: 'rejected', usage_estimate: { words: 100 } })
    const refused = await complete(renderer, id, { usage: { words: 101 } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'price_out_of_range', minimum: 0, maximum: 10 } })
    expect((await complete(renderer, id, { usage: { words: 100 } })).body).toMatchObject({ spent: 10 })
  })

  it('RC-10 costs what was held', async () => {
    const account = await accountWith(20, renderer)
    const id = await reserve(renderer, account, { operation: 'capped', usage_estimate: { words: 100 } })
    const { body } = await complete(renderer, id, { usage: { words: 150 } })
    expect(body).toMatchObject({ state: 'committed', spent: 10, refunded: 0, waived: 5 })
  })

  it('RC-10 is drawn from what is available, and the rest waived', async () => {
    const account = await accountWith(12, renderer)
    const id = await reserve(renderer, account, { operation: 'waived', usage_estimate: { words: 100 } })
    const { body } = await complete(renderer, id, { usage: { words: 150 } })
    expect(body).toMatchObject({ state: 'committed', cost: 10, spent: 12, refunded: 0, waived: 3 })
    expect(await entriesOf(renderer, account)).toEqual([
      '10 available → held (reserve)',
      '2 available → held (excess)',
      '10 held → spent (commit)',
      '2 held → spent (commit)',
    ])
    expect(await balanceOf(renderer, account)).toEqual({ available: 0, held: 0, debt: 0 })
  })

  it('RC-10 becomes a debt, which later grants pay', async () => {
    const account = await accountWith(12, renderer)
    const id = await reserve(renderer, account, { operation: 'owed', usage_estimate: { words: 100 } })
    await complete(renderer, id, { usage: { words: 150 } })
    expect(await balanceOf(renderer, account)).toEqual({ available: 0, held: 0, debt: 3 })
    await renderer.post(`${account}/grants`, { source: 'purchased', amount: 10, reason: 'test' })
    expect(await balanceOf(renderer, account)).toEqual({ available: 7, held: 0, debt: 0 })
    const { status, body } = await renderer.post(`${account}/generations`, { operation: 'owed', maximum_cost: 51 })
    expect({ status, code: body.code, maximum: body.maximum }).toEqual({
      status: 422,
      code: 'price_out_of_range',
      maximum: 50,
    })
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

  it('RC-08 never charges a late result more than was held, and none after the hour', async () => {
    const time = await createTestAccount(renderer, start)
    await time.grant('purchased', 100)
    const first = await reserve(renderer, time.path, { operation: 'photo', outputs: 3, timeout_seconds: 60 })
    const second = await reserve(renderer, time.path, { operation: 'photo', timeout_seconds: 60 })
    await time.advance('2027-01-31T00:30:00.000Z')
    const late = await complete(renderer, first, { delivered: 2 })
    expect(late.body).toMatchObject({ state: 'partially_refunded', late: true, spent: 4, refunded: 6 })
    await time.advance('2027-01-31T01:01:00.001Z')
    const tooLate = await complete(renderer, second)
    expect(tooLate).toMatchObject({
      status: 409,
      body: { code: 'already_settled', late_until: '2027-01-31T01:01:00.000Z' },
    })
    expect(tooLate.body.detail).toContain('timed out')
    expect(await time.balance()).toMatchObject({ available: 96, held: 0 })
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

// The last one, so that the others run until the second version applies.
it('RC-03 a generation is priced by the card that was in force when it was reserved', async () => {
  const request = { operation: 'dearer', usage_estimate: { words: 100 } }
  const quote = async () => (await renderer.post(`${early.account}/quotes`, request)).body
  const later = await waitFor('the second version', quote, ({ cost }) => cost === 20)
  expect(linesOf(later)).toEqual(['words 100 at 2 per 10: 20'])
  expect((await complete(renderer, early.id, { usage: { words: 90 } })).body).toMatchObject({ spent: 9, refunded: 1 })
})
