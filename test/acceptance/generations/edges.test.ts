import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { repetitions } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// "Valid until" excludes the instant itself: for credits, memberships and deadlines of generations.

let lotkeeper: Lotkeeper
let kvidai: Caller
let design: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
  design = lotkeeper.as('x-design')
})
afterAll(() => lotkeeper?.stop())

const START = '2026-01-01T00:00:00.000Z'
const END = '2026-01-02T00:00:00.000Z'
const before = (account: string) => new Date(Date.parse(account) - 1).toISOString()

it('KV-01 credits can be spent a millisecond before they expire, and not when they expire', async () => {
  const account = await createTestAccount(kvidai, START)
  await account.grant('promotional', 10, { expires_at: END })
  await account.advance(before(END))
  expect(await account.balance()).toMatchObject({ available: 10, next_expiry: { at: END, amount: 10 } })
  const { body } = await account.generate({ operation: 'text', outputs: 4, timeout_seconds: 3600 })
  expect(body).toMatchObject({ state: 'reserved', held: 4 })

  await account.advance(END)
  expect(await account.balance()).toMatchObject({ available: 0, held: 4, next_expiry: null })
  const quoted = await kvidai.post(`${account.path}/quotes`, { operation: 'text' })
  expect(quoted.body).toMatchObject({ allowed: false, refusal: { code: 'insufficient_credits' } })
  expect(await account.generate({ operation: 'text' })).toMatchObject({
    status: 402,
    body: { code: 'insufficient_credits', available: 0 },
  })

  // Refunded credits of an expired lot are valid for seven days in a new lot, excluding the end.
  await account.settle(body.id, 'complete', { delivered: 1 })
  const REVIVED_END = '2026-01-09T00:00:00.000Z'
  expect(await account.lots()).toEqual([
    `10 promotional 2026-01-01 → 2026-01-02`,
    `3 promotional 2026-01-02 → 2026-01-09`,
  ])
  await account.advance(before(REVIVED_END))
  expect(await account.balance()).toMatchObject({ available: 3 })
  await account.advance(REVIVED_END)
  expect(await account.balance()).toMatchObject({ available: 0 })
  expect((await account.entries()).filter(entry => entry.endsWith('expired'))).toEqual([
    '2026-01-02 6 promotional: available → expired',
    '2026-01-02 3 promotional: held → expired',
    '2026-01-09 3 promotional: available → expired',
  ])
})

it('XD-09 members can spend a millisecond before their membership ends, and not when it ends', async () => {
  const account = await createTestAccount(design, START)
  await account.join({ plan: 'member', paid_through: END })
  await account.advance(before(END))
  expect((await account.generate({ operation: 'recolor' })).status).toBe(201)
  expect(await account.balance()).toMatchObject({ available: 99, frozen: 0 })
  await account.advance(END)
  expect(await account.balance()).toMatchObject({ available: 0, frozen: 99, held: 1 })
  expect(await account.generate({ operation: 'recolor' })).toMatchObject({
    status: 403,
    body: { code: 'membership_required' },
  })
})

it('a generation is settled a millisecond before its deadline, and times out at the deadline', async () => {
  const account = await createTestAccount(kvidai, START)
  await account.grant('purchased', 10)
  const reserve = async () =>
    (await account.generate({ operation: 'text', outputs: 2, timeout_seconds: 24 * 3600 })).body.id
  const [settledInTime, unsettled] = [await reserve(), await reserve()]
  await account.advance(before(END))
  expect(await account.settle(settledInTime, 'complete')).toMatchObject({ state: 'committed', spent: 2 })
  await account.advance(END)
  expect(await kvidai.get(`/v1/generations/${unsettled}`)).toMatchObject({
    body: { state: 'timed_out', refunded: 2, settled_at: END },
  })
  expect(await kvidai.post(`/v1/generations/${unsettled}/complete`)).toMatchObject({
    status: 409,
    body: { code: 'already_settled' },
  })
  expect(await account.balance()).toMatchObject({ available: 8, held: 0 })
})

it('in real time, concurrent clients spend no expired credits', async () => {
  const accounts = Array.from({ length: repetitions(6, 30) }, () => `/v1/accounts/${randomUUID()}`)
  await Promise.all(accounts.map(spendUntilExpiry))
})

const GRANTED = 1_000
const CLIENTS = 4

async function spendUntilExpiry(path: string): Promise<void> {
  await kvidai.put(path, {})
  const expires_at = await grantWithShortExpiry(path)
  let spent = 0
  const client = async () => {
    for (let key = randomUUID(); ; ) {
      const { status, body } = await kvidai.post(`${path}/charges`, { operation: 'text' }, key)
      if (status === 503) continue
      if (status === 402) return expect(body).toMatchObject({ available: 0 })
      expect(status).toBe(201)
      spent += 1
      key = randomUUID()
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const { body: entries } = await kvidai.get(`${path}/entries?format=json`)
  const draws = entries.filter(({ to }: { to: string }) => to === 'held')
  expect(draws.length).toBe(spent)
  expect(draws.filter(({ at }: { at: string }) => at >= expires_at)).toEqual([])
  expect((await kvidai.get(`${path}/lots`)).body.data).toMatchObject([
    { granted: GRANTED, available: 0, held: 0, spent, expired: GRANTED - spent },
  ])
}

/** On a busy machine the grant may arrive after its expiry and be refused; then the expiry is set later. */
async function grantWithShortExpiry(path: string): Promise<string> {
  for (let ms = 600; ; ms *= 2) {
    const expires_at = new Date(Date.now() + ms).toISOString()
    const grant = { source: 'promotional', amount: GRANTED, reason: 'test', expires_at }
    const { status } = await kvidai.post(`${path}/grants`, grant)
    if (status === 201) return expires_at
    expect([422, 503]).toContain(status)
  }
}

it('a test clock advances to the deadline of a generation that is settled at the same time', async () => {
  const account = await createTestAccount(kvidai, START)
  await account.grant('purchased', 100)
  for (let round = 0, at = Date.parse(START); round < repetitions(10, 200); round++) {
    const { body } = await account.generate({ operation: 'text', timeout_seconds: 60 })
    at += 60_000
    const clock = (await kvidai.get(account.path)).body.test_clock
    const [advanced, settled] = await Promise.all([
      kvidai.post(`/v1/test-clocks/${clock}/advance`, { to: new Date(at).toISOString() }),
      kvidai.post(`/v1/generations/${body.id}/complete`),
    ])
    expect([advanced.status, [200, 409].includes(settled.status)]).toEqual([200, true])
  }
})
