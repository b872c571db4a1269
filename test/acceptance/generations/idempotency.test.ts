import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

/** Creates an account with purchased credits. */
async function accountWith(amount: number, caller = kvidai): Promise<string> {
  const path = `/v1/accounts/${randomUUID()}`
  await caller.put(path, {})
  if (amount > 0) await caller.post(`${path}/grants`, { source: 'purchased', amount, reason: 'test' })
  return path
}

async function balanceOf(account: string, caller = kvidai) {
  const { available, held, frozen } = (await caller.get(`${account}/balance`)).body
  return { available, held, frozen }
}

/** The entries of an account as `amount from → to (reason)`, oldest first. */
async function entriesOf(account: string, caller = kvidai): Promise<string[]> {
  const { data } = (await caller.get(`${account}/entries?limit=100`)).body
  return data.reverse().map((e: any) => `${e.amount} ${e.from} → ${e.to} (${e.reason})`)
}

describe('idempotency', () => {
  it('the same key and body in parallel make one generation; another body is refused', async () => {
    const account = await accountWith(100)
    const key = randomUUID()
    const bodies = Array.from({ length: 20 }, (_, i) => ({
      operation: 'image',
      outputs: i % 4 === 0 ? 2 : 1,
    }))
    const answers = await Promise.all(bodies.map(body => kvidai.post(`${account}/generations`, body, key)))
    const reserved = answers.filter(a => a.status === 201)
    expect(new Set(reserved.map(a => a.body.id)).size).toBe(1)
    expect(new Set(reserved.map(a => a.body.outputs)).size).toBe(1)
    for (const other of answers.filter(a => a.status !== 201))
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    expect((await balanceOf(account)).held).toBe(reserved[0]?.body.cost)
  })

  it('the first answer is returned again after the generation was settled', async () => {
    const account = await accountWith(10)
    const key = randomUUID()
    const first = await kvidai.post(`${account}/generations`, { operation: 'image' }, key)
    await kvidai.post(`/v1/generations/${first.body.id}/complete`)
    const repeated = await kvidai.post(`${account}/generations`, { operation: 'image' }, key)
    expect(repeated).toMatchObject({ status: 201, body: first.body })
    expect(repeated.headers.get('idempotent-replayed')).toBe('true')
    expect(await balanceOf(account)).toEqual({ available: 8, held: 0, frozen: 0 })
  })

  it.each([
    '/v1/accounts/x/generations',
    '/v1/accounts/x/charges',
    '/v1/accounts/x/grants',
    '/v1/accounts/x/adjustments',
    '/v1/accounts/x/compensations',
    '/v1/accounts/x/purchases',
    '/v1/purchases/x/payment',
    '/v1/purchases/x/reissue',
    '/v1/purchases/x/refund',
    '/v1/accounts/x/memberships',
    '/v1/memberships/combine',
    '/v1/memberships/x/renew',
    '/v1/memberships/x/reactivate',
    '/v1/memberships/x/change',
    '/v1/campaigns',
  ])('POST %s requires a key, as the document says', async path => {
    expect(await kvidai.post(path, {}, '')).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_required' },
    })
    const { paths } = (await kvidai.get('/openapi.json')).body
    const documented = Object.entries<any>(paths).find(
      ([name, { post }]) => post && new RegExp(`^${name.replaceAll(/\{\w+\}/g, '\\w+')}$`).test(path),
    )
    expect(documented?.[1].post.parameters).toContainEqual(
      expect.objectContaining({ name: 'Idempotency-Key', required: true }),
    )
  })

  it('a key may have spaces, and repeating it starts no second membership or campaign', async () => {
    const account = await accountWith(0)
    const key = `order of ${randomUUID()}`
    const join = () => kvidai.post(`${account}/memberships`, { plan: 'membership' }, key)
    const [first, repeated] = [await join(), await join()]
    expect([first.status, repeated.body]).toEqual([201, first.body])
    expect((await kvidai.get(`${account}/memberships`)).body.data).toHaveLength(1)
    const terms = {
      name: key,
      source: 'promotional',
      amount: 1,
      audience: { accounts: [account.split('/').at(-1)] },
    }
    const start = () => kvidai.post('/v1/campaigns', terms, `campaign ${key}`)
    expect((await start()).body.id).toBe((await start()).body.id)
  })

  it('an optional key is honoured', async () => {
    const account = await accountWith(1)
    const { body: reserved } = await kvidai.post(`${account}/generations`, { operation: 'text' })
    const key = randomUUID()
    const path = `/v1/generations/${reserved.id}`
    const first = await kvidai.post(`${path}/complete`, {}, key)
    const repeated = await kvidai.post(`${path}/complete`, {}, key)
    expect(repeated.body).toEqual(first.body)
    expect(repeated.headers.get('idempotent-replayed')).toBe('true')
    expect(await kvidai.post(`${path}/cancel`, {}, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
  })

  it('a replayed answer has the current balance in its headers', async () => {
    const account = await accountWith(20)
    const grant = { source: 'purchased', amount: 5, reason: 'test' }
    const { body: settled } = await kvidai.post(`${account}/generations`, { operation: 'image' })
    const actions: [path: string, body: object][] = [
      [`${account}/generations`, { operation: 'image' }],
      [`${account}/charges`, { operation: 'image' }],
      [`${account}/grants`, grant],
      [`${account}/adjustments`, { source: 'purchased', amount: -1, reason: 'test' }],
      [`/v1/generations/${settled.id}/complete`, {}],
    ]
    for (const [path, body] of actions) {
      const key = randomUUID()
      const first = await kvidai.post(path, body, key)
      await kvidai.post(`${account}/grants`, grant)
      const repeated = await kvidai.post(path, body, key)
      expect({ path, body: repeated.body }).toEqual({ path, body: first.body })
      const now = (await balanceOf(account)).available
      expect({ path, available: repeated.headers.get('credits-available') }).toEqual({
        path,
        available: String(now),
      })
    }
    // Without a key, the workflow or the ledger returns the settlement.
    const repeated = await kvidai.post(`/v1/generations/${settled.id}/complete`)
    expect(repeated.headers.get('credits-available')).toBe(String((await balanceOf(account)).available))
  })
})

describe('on a test clock', () => {
  async function clockAt(now: string) {
    const { body: clock } = await kvidai.post('/v1/test-clocks', { now })
    const account = `/v1/accounts/${randomUUID()}`
    await kvidai.put(account, { test_clock: clock.id })
    const advance = (to: string) => kvidai.post(`/v1/test-clocks/${clock.id}/advance`, { to })
    return { account, advance }
  }

  it('an unsettled hold is refunded at its deadline', async () => {
    const { account, advance } = await clockAt('2026-03-01T00:00:00.000Z')
    await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 5, reason: 'test' })
    const { body: reserved } = await kvidai.post(`${account}/generations`, {
      operation: 'text',
      timeout_seconds: 60,
    })
    expect(reserved.deadline).toBe('2026-03-01T00:01:00.000Z')
    await advance('2026-03-01T00:00:59.999Z')
    expect((await kvidai.get(`/v1/generations/${reserved.id}`)).body.state).toBe('reserved')
    expect(await advance('2026-03-02T00:00:00.000Z')).toMatchObject({
      status: 200,
      body: { now: '2026-03-02T00:00:00.000Z' },
    })
    const { body: late } = await kvidai.get(`/v1/generations/${reserved.id}`)
    expect(late).toMatchObject({ state: 'timed_out', refunded: 1, settled_at: '2026-03-01T00:01:00.000Z' })
    expect(await kvidai.post(`/v1/generations/${reserved.id}/complete`)).toMatchObject({
      status: 409,
      body: { code: 'already_settled' },
    })
    expect(await balanceOf(account)).toEqual({ available: 5, held: 0, frozen: 0 })
  })

  it('credits refunded to an expired lot are valid for seven more days', async () => {
    const { account, advance } = await clockAt('2026-03-01T00:00:00.000Z')
    const expires_at = '2026-03-02T00:00:00.000Z'
    await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 5, reason: 'test', expires_at })
    const { body: reserved } = await kvidai.post(`${account}/generations`, {
      operation: 'text',
      outputs: 3,
      timeout_seconds: 604_800,
    })
    await advance('2026-03-03T00:00:00.000Z')
    expect(await balanceOf(account)).toEqual({ available: 0, held: 3, frozen: 0 })
    await kvidai.post(`/v1/generations/${reserved.id}/complete`, { delivered: 1 })
    const { body: balance } = await kvidai.get(`${account}/balance`)
    expect(balance.next_expiry).toEqual({ at: '2026-03-10T00:00:00.000Z', amount: 2 })
    expect(await kvidai.post(`${account}/charges`, { operation: 'text' })).toMatchObject({ status: 201 })
    await advance('2026-03-10T00:00:00.000Z')
    expect(await balanceOf(account)).toEqual({ available: 0, held: 0, frozen: 0 })
    expect(await entriesOf(account)).toEqual([
      '5 issued → available (test)',
      '3 available → held (reserve)',
      '2 available → expired (expire)',
      '1 held → spent (commit)',
      '2 held → expired (refund)',
      '2 issued → available (refund)',
      '1 available → held (reserve)',
      '1 held → spent (commit)',
      '1 available → expired (expire)',
    ])
    const past = (await kvidai.get(`${account}/balance?at=2026-03-01T12:00:00Z`)).body
    expect(past).toMatchObject({ available: 2, held: 3 })
  })

  it('a test clock does not go back, and an account keeps its clock', async () => {
    const { account, advance } = await clockAt('2026-03-01T00:00:00.000Z')
    expect(await advance('2026-02-01T00:00:00.000Z')).toMatchObject({
      status: 422,
      body: { code: 'invalid_request' },
    })
    const { body: other } = await kvidai.post('/v1/test-clocks', { now: '2030-01-01T00:00:00Z' })
    expect(await kvidai.put(account, { test_clock: other.id })).toMatchObject({ status: 422 })
    expect(await kvidai.put(account, { test_clock: 'none' })).toMatchObject({ status: 404 })
  })
})
