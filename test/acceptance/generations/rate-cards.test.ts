import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { verify } from '../../../db/ledger/verify.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'
import { accountWith, balanceOf, complete, entriesOf, linesOf, reserve } from './metered-calls.ts'

// Rules of settlement that no published policy has, by the product of test/policies/renderer.yaml.

let folder: string
let lotkeeper: Lotkeeper
let renderer: Caller
/** A generation that was reserved before the second version of the policy. */
let early: { account: string; id: string }

/** Enough for the start and a reservation. */
const SECOND_VERSION_MS = 25_000

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rate-cards-'))
  await writePolicies()
  lotkeeper = await startLotkeeper({ POLICIES_DIR: folder })
  renderer = lotkeeper.as('renderer')
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

describe('a late result', () => {
  const start = '2027-01-31T00:00:00.000Z'

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

// The last one, so that the others run until the second version applies.
it('RC-03 a generation is priced by the card that was in force when it was reserved', async () => {
  const request = { operation: 'dearer', usage_estimate: { words: 100 } }
  const quote = async () => (await renderer.post(`${early.account}/quotes`, request)).body
  const later = await waitFor('the second version', quote, ({ cost }) => cost === 20)
  expect(linesOf(later)).toEqual(['words 100 at 2 per 10: 20'])
  expect((await complete(renderer, early.id, { usage: { words: 90 } })).body).toMatchObject({ spent: 9, refunded: 1 })
})
