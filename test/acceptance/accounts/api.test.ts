import { randomUUID } from 'node:crypto'
import { caller } from '../../support/clients/caller.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

const newPath = () => `/v1/accounts/${randomUUID()}`

describe('accounts', () => {
  it('are created once and then updated, field by field', async () => {
    const kvidai = lotkeeper.as('kvidai')
    const path = newPath()
    const created = await kvidai.put(path, { email: 'a@example.com', time_zone: 'Asia/Seoul' })
    expect(created).toMatchObject({ status: 201, body: { email: 'a@example.com', time_zone: 'Asia/Seoul' } })
    const updated = await kvidai.put(path, { stripe_customer: 'cus_1' })
    expect(updated).toMatchObject({ status: 200, body: { email: 'a@example.com', stripe_customer: 'cus_1' } })
    expect((await kvidai.put(path, { email: null })).body.email).toBeNull()
    expect((await kvidai.get(path)).body).toMatchObject({ time_zone: 'Asia/Seoul', stripe_customer: 'cus_1' })
  })

  it.each([
    [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ email: 'nobody' }, 'email'],
    [{ nickname: 'x' }, 'nickname'],
    [{ email: 7 }, 'email'],
  ])('refuses %j', async (body, path) => {
    const answer = await lotkeeper.as('kvidai').put(newPath(), body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } })
    expect(answer.body.errors[0].path).toBe(path)
  })

  it('an account of another product, or of none, is not found', async () => {
    const path = newPath()
    await lotkeeper.as('kvidai').put(path, {})
    for (const read of ['', '/balance', '/lots', '/entries', '/usage']) {
      expect((await lotkeeper.as('x-design').get(path + read)).status).toBe(404)
      expect((await lotkeeper.as('kvidai').get(newPath() + read)).body.code).toBe('not_found')
    }
    const grant = { source: 'purchased', amount: 1, reason: 'x' }
    expect((await lotkeeper.as('x-design').post(`${path}/grants`, grant)).status).toBe(404)
  })
})

describe('grants', () => {
  it('take validity and order from the policy, in the time zone of the account', async () => {
    const admin = lotkeeper.as('kvidai')
    const { body: clock } = await admin.post('/v1/test-clocks', { now: '2026-02-28T15:30:00Z' })
    const path = newPath()
    await admin.put(path, { test_clock: clock.id, time_zone: 'Europe/Berlin' })
    const grant = (source: string, more: object = {}) =>
      admin.post(`${path}/grants`, { source, amount: 10, reason: 'test', ...more })
    const purchased = await grant('purchased')
    const promotional = await grant('promotional')
    expect(purchased.body).toMatchObject({ expires_at: '2027-02-28T15:30:00.000Z', frozen: false })
    // 90 days later Berlin has summer time: the same time of day is an hour earlier in UTC.
    expect(promotional.body.expires_at).toBe('2026-05-29T14:30:00.000Z')
    const soon = await grant('purchased', { expires_at: '2026-03-01T00:00:00Z' })
    const membership = await grant('membership')
    expect(membership.body).toMatchObject({ expires_at: '2026-03-30T14:30:00.000Z', frozen: true })
    const { data } = (await admin.get(`${path}/lots`)).body
    expect(data.map((lot: { id: string }) => lot.id)).toEqual(
      [soon, membership, promotional, purchased].map(grant => grant.body.id),
    )
    const { body: balance } = await admin.get(`${path}/balance`)
    expect(balance).toMatchObject({
      available: 30,
      frozen: 10,
      by_source: { membership: { available: 0, frozen: 10 } },
      next_expiry: { at: '2026-03-01T00:00:00.000Z', amount: 10 },
    })
  })

  it.each([
    [{ source: 'nowhere', amount: 1, reason: 'x' }, 'source'],
    [{ source: 'purchased', amount: 0, reason: 'x' }, 'amount'],
    [{ source: 'purchased', amount: -1, reason: 'x' }, 'amount'],
    [{ source: 'purchased', amount: 1.5, reason: 'x' }, 'amount'],
    [{ source: 'purchased', amount: 2 ** 53, reason: 'x' }, 'amount'],
    [{ source: 'purchased', amount: 1, reason: '  ' }, 'reason'],
    [{ source: 'purchased', amount: 1, reason: 'a\0b' }, 'reason'],
    [{ source: 'purchased', amount: 1, reason: 'half a \ud83d' }, 'reason'],
    [{ source: 'purchased', amount: 1 }, 'reason'],
    [{ source: 'purchased', amount: 1, reason: 'x', expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    [{ source: 'purchased', amount: 1, reason: 'x', expires_at: 'soon' }, 'expires_at'],
  ])('refuse %j', async (body, path) => {
    const kvidai = lotkeeper.as('kvidai')
    const account = newPath()
    await kvidai.put(account, {})
    const answer = await kvidai.post(`${account}/grants`, body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ path }] } })
    expect((await kvidai.get(`${account}/entries`)).body.data).toEqual([])
  })

  it('a repeated key grants once; another amount under it is refused', async () => {
    const kvidai = lotkeeper.as('kvidai')
    const account = newPath()
    await kvidai.put(account, {})
    const key = randomUUID()
    const grant = (amount: number) =>
      kvidai.post(`${account}/grants`, { source: 'purchased', amount, reason: 'x' }, key)
    const answers = await Promise.all([grant(5), grant(5), grant(5)])
    expect(new Set(answers.map(answer => answer.body.id)).size).toBe(1)
    expect(await grant(6)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    expect((await kvidai.get(`${account}/balance`)).body.available).toBe(5)
  })
})

describe('keys and scopes', () => {
  it.each([
    ['read', 'generate', 'quotes', { operation: 'text' }],
    ['read', 'generate', 'generations', { operation: 'text' }],
    ['manage', 'support', 'grants', { source: 'purchased', amount: 1, reason: 'x' }],
  ] as const)('%s may not do what %s may: %s', async (has, required, act, body) => {
    const account = newPath()
    await lotkeeper.as('kvidai').put(account, {})
    expect(await lotkeeper.as('kvidai', has).post(`${account}/${act}`, body)).toMatchObject({
      status: 403,
      body: { code: 'scope_required', required },
    })
    expect((await lotkeeper.as('kvidai', required).post(`${account}/${act}`, body)).status).not.toBe(403)
  })

  it('a key is created, listed without its secret, used and revoked', async () => {
    const admin = lotkeeper.as('kvidai')
    const made = await admin.post('/v1/keys', { name: 'portal', scope: 'generate' })
    expect(made.status).toBe(201)
    const listed = (await admin.get('/v1/keys')).body.data.find((key: { id: string }) => key.id === made.body.id)
    expect(listed).toEqual({
      id: made.body.id,
      name: 'portal',
      scope: 'generate',
      created_at: expect.any(String),
    })
    const portal = caller(lotkeeper.url, made.body.key)
    expect((await portal.get('/v1/operations')).status).toBe(200)
    expect((await admin.delete(`/v1/keys/${made.body.id}`)).status).toBe(204)
    expect(await portal.get('/v1/operations')).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    expect((await admin.delete(`/v1/keys/${made.body.id}`)).status).toBe(404)
    const { rows } = await lotkeeper.db.query("select encode(hash, 'escape') as hash from api_keys")
    expect(JSON.stringify(rows)).not.toContain(made.body.key)
  })

  it('a missing key and a wrong key get the same answer', async () => {
    for (const key of ['', 'lk_admin_wrong'])
      expect(await caller(lotkeeper.url, key).get('/v1/operations')).toMatchObject({ status: 401 })
  })

  it('usage and history say which key used the credits', async () => {
    const kvidai = lotkeeper.as('kvidai')
    const account = newPath()
    await kvidai.put(account, {})
    await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'x' })
    await lotkeeper.as('kvidai', 'generate').post(`${account}/charges`, { operation: 'text', outputs: 3 })
    await kvidai.post(`${account}/charges`, { operation: 'image' })
    const usage = async (group: string) => (await kvidai.get(`${account}/usage?group_by=${group}`)).body.data
    expect(await usage('api_key')).toEqual([
      { group: 'test-admin', spent: 2, refunded: 0, count: 1 },
      { group: 'test-generate', spent: 3, refunded: 0, count: 1 },
    ])
    expect(await usage('operation')).toEqual([
      { group: 'image', spent: 2, refunded: 0, count: 1 },
      { group: 'text', spent: 3, refunded: 0, count: 1 },
    ])
    expect(await usage('day')).toHaveLength(1)
    const { data } = (await kvidai.get(`${account}/entries?key=test-generate&operation=text`)).body
    expect(data.map((entry: { to: string }) => entry.to)).toEqual(['spent', 'held'])
  })
})

describe('lists', () => {
  let account: string
  beforeAll(async () => {
    const kvidai = lotkeeper.as('kvidai')
    account = newPath()
    await kvidai.put(account, {})
    for (let i = 1; i <= 7; i++)
      await kvidai.post(`${account}/grants`, {
        source: 'purchased',
        amount: i,
        reason: i === 3 ? '=1+1' : 'x',
      })
  })

  it.each(['lots', 'entries'])('pages of %s are complete and do not overlap', async list => {
    const kvidai = lotkeeper.as('kvidai')
    const all = (await kvidai.get(`${account}/${list}`)).body.data
    const joined = []
    let cursor = ''
    do {
      const { body } = await kvidai.get(`${account}/${list}?limit=3${cursor && `&cursor=${cursor}`}`)
      expect(body.data.length).toBeLessThanOrEqual(3)
      joined.push(...body.data)
      cursor = body.next_cursor ?? ''
    } while (cursor)
    expect(joined).toEqual(all)
    expect(all).toHaveLength(7)
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=%00'])('%s is refused', async query => {
    expect(await lotkeeper.as('kvidai').get(`${account}/entries?${query}`)).toMatchObject({ status: 422 })
    expect(await lotkeeper.as('kvidai').get(`${account}/lots?${query}`)).toMatchObject({ status: 422 })
  })

  it('all entries are exported as CSV and as JSON, with formulas as text', async () => {
    const kvidai = lotkeeper.as('kvidai')
    const csv = await kvidai.get(`${account}/entries?format=csv`)
    expect(csv.headers.get('content-type')).toMatch('text/csv')
    expect(csv.body.trim().split('\n')).toHaveLength(8)
    expect(csv.body).toContain("'=1+1")
    expect((await kvidai.get(`${account}/entries`, { accept: 'text/csv' })).body).toBe(csv.body)
    const json = await kvidai.get(`${account}/entries?format=json`)
    expect(json.body).toEqual((await kvidai.get(`${account}/entries`)).body.data)
  })
})

describe('the contract', () => {
  it('is served as OpenAPI 3.1 with every route', async () => {
    const { body } = await caller(lotkeeper.url, '').get('/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const webhook = body.paths['/webhooks/stripe/{product}'].post
    expect(webhook).toMatchObject({ security: [], responses: { 200: {}, default: {} } })
    expect(webhook.parameters.map(({ name }: { name: string }) => name)).toEqual(['product', 'Stripe-Signature'])
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v1/accounts/{account}/generations', '/v1/generations/{id}/complete']),
    )
    expect(body.paths['/v1/accounts/{account}/generations'].post.requestBody).toBeDefined()
  })

  it('an unknown route, a too large body and a wrong content type are answered with problems', async () => {
    const kvidai = lotkeeper.as('kvidai')
    expect(await kvidai.get('/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await kvidai.put(newPath(), { email: 'x'.repeat(300_000) })).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large' },
    })
    const response = await fetch(`${lotkeeper.url}${newPath()}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${lotkeeper.keys.kvidai?.admin}`, 'content-type': 'text/plain' },
      body: '{}',
    })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ code: 'invalid_request' })
  })

  it('every answer has a request id, the caller’s where it sent one', async () => {
    const answer = await lotkeeper.as('kvidai').get('/v1/operations', { 'x-request-id': 'abc-1' })
    expect(answer.headers.get('x-request-id')).toBe('abc-1')
    const refused = await lotkeeper.as('kvidai').get('/v1/nothing')
    expect(refused.body.request_id).toBe(refused.headers.get('x-request-id'))
  })

  it('liveness and readiness are reported', async () => {
    expect((await caller(lotkeeper.url, '').get('/livez')).status).toBe(200)
    expect((await caller(lotkeeper.url, '').get('/readyz')).body).toMatchObject({ missing: [] })
  })
})
