import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import { openPortal } from '../../support/clients/portal.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { within } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller
let path: string

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper.stop())
beforeEach(async () => {
  path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, { time_zone: 'Asia/Seoul' })
})

const grant = (amount: number, source = 'purchased') =>
  kvidai.post(`${path}/grants`, { source, amount, reason: 'test' })

const image = async (outputs: number) =>
  (await kvidai.post(`${path}/generations`, { operation: 'image', outputs })).body.id as string

it('a link works once, leaves no secret in the address, and sets an HttpOnly cookie', async () => {
  const { status, body } = await kvidai.post(`${path}/portal-sessions`)
  expect(status).toBe(201)
  const opened = await fetch(body.url, { redirect: 'manual' })
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/portal'])
  expect(opened.headers.get('set-cookie')).toMatch(/^lotkeeper=[^;]+; Max-Age=43200; .*HttpOnly; SameSite=Lax$/)
  const again = await fetch(body.url, { redirect: 'manual' })
  expect([again.status, again.headers.get('set-cookie')]).toEqual([303, null])
})

it('LK-10 a link states where the page leads back to, and its language', async () => {
  const asked = { return_url: 'https://app.example/settings?tab=credits', locale: 'ko' }
  const { request } = await openPortal(lotkeeper, kvidai, path, asked)
  expect((await request('/overview')).body).toMatchObject({
    return_url: asked.return_url,
    language: 'ko',
    support: 'support@kvidai.example',
  })
  await kvidai.put(path, { language: 'de' })
  const { request: others } = await openPortal(lotkeeper, kvidai, path)
  expect((await others('/overview')).body).toMatchObject({ return_url: null, language: 'de' })
})

it.each([
  ['https://app.example', 201],
  ['http://localhost:8080/settings', 201],
  ['http://127.0.0.1:8080', 201],
  ['http://[::1]/', 201],
  ['http://app.example', 422],
  ['http://localhost.evil.example', 422],
  ['javascript:alert(1)', 422],
  [' javascript:alert(1)', 422],
  ['data:text/html,x', 422],
  ['//evil.example', 422],
  ['/settings', 422],
  ['https://app.example@evil.example/', 422],
  ['', 422],
  [`https://app.example/${'a'.repeat(2000)}`, 422],
])('the page may lead back to %j: %i', async (return_url, expected) => {
  const { status, body } = await kvidai.post(`${path}/portal-sessions`, { return_url })
  expect([status, body.errors?.[0].path]).toEqual([expected, expected === 422 ? 'return_url' : undefined])
})

it('entries can be listed without those of generations, with the reason of each', async () => {
  const branding = lotkeeper.as('branding')
  const account = `/v1/accounts/${randomUUID()}`
  await branding.put(account, {})
  await branding.post(`${account}/grants`, { source: 'bonus', amount: 300, reason: 'beta test' })
  const { body: made } = await branding.post(`${account}/generations`, { operation: 'standard-video' })
  await branding.post(`/v1/generations/${made.id}/complete`)
  await branding.post(`${account}/adjustments`, { source: 'bonus', amount: -20, reason: 'counted twice' })
  await branding.post(`${account}/compensations`, { generation: made.id, cause: 'platform-bug' })
  const { request } = await openPortal(lotkeeper, branding, account)
  const reasons = async (query: string) =>
    (await request(`/entries?${query}`)).body.data.map((entry: any) => `${entry.to} ${entry.amount}: ${entry.reason}`)
  expect(await reasons('without_generations=true')).toEqual([
    'available 50: compensation_bonus: platform-bug',
    'available 25: compensation: platform-bug',
    'revoked 20: counted twice',
    'available 300: beta test',
  ])
  expect(await reasons('limit=100')).toHaveLength(6)
  const exported = await request('/entries?format=json&without_generations=true')
  expect(exported.body).toHaveLength(4)
})

it('a HEAD request does not use up a link', async () => {
  const { body } = await kvidai.post(`${path}/portal-sessions`)
  const fetched = await fetch(body.url, { method: 'HEAD', redirect: 'manual' })
  expect(fetched.headers.get('set-cookie')).toBeNull()
  const opened = await fetch(body.url, { redirect: 'manual' })
  expect([opened.status, opened.headers.get('set-cookie')]).toEqual([303, expect.any(String)])
})

it('the database holds hashes only', async () => {
  const { body } = await kvidai.post(`${path}/portal-sessions`, {}, 'one-key')
  const { cookie } = await openPortal(lotkeeper, kvidai, path)
  const { rows } = await lotkeeper.db.query(
    'select s::text as held from portal_sessions s union all select a::text from idempotent_responses a',
  )
  const held = rows.map(row => row.held).join('\n')
  for (const secret of [new URL(body.url).searchParams.get('session'), cookie.split('=')[1]])
    expect(held).not.toContain(secret?.split('.')[1])
})

it.each([
  ['GET', '/account'],
  ['GET', '/events'],
  ['POST', '/memberships/x/cancel'],
  ['POST', '/sign-out'],
])('without a session %s %s answers unauthorized', async (method, route) => {
  const response = await fetch(`${lotkeeper.url}/portal/api${route}`, {
    method,
    headers: { cookie: 'lotkeeper=x.y' },
  })
  expect([response.status, ((await response.json()) as any).code]).toEqual([401, 'unauthorized'])
})

it('shows the same as the API, and only its own account', async () => {
  await grant(10)
  await grant(3, 'promotional')
  const { request } = await openPortal(lotkeeper, kvidai, path)
  for (const [own, behind] of [
    ['/account', path],
    ['/lots', `${path}/lots`],
    ['/entries', `${path}/entries`],
  ]) {
    const { as_of: _, ...shown } = (await request(own ?? '')).body
    const { as_of: __, ...known } = (await kvidai.get(behind ?? '')).body
    expect({ ...shown, balance: { ...shown.balance, as_of: 0 } }).toEqual({
      ...known,
      balance: { ...known.balance, as_of: 0 },
    })
  }
})

it('LK-01: refuses query parameters that the customer must not set or that do not exist', async () => {
  const { request } = await openPortal(lotkeeper, kvidai, path)
  for (const [call, parameter, hint] of [
    ['/operations?account=somebody-else', 'account', 'has none'],
    ['/purchases?email=ada%40example.com', 'email', 'has limit, cursor, reference'],
    ['/lots?opened=true', 'opened', 'has limit, cursor, open'],
    ['/overview?at=2026-01-01T00:00:00Z', 'at', 'has none'],
  ] as const) {
    const { status, body } = await request(call)
    const errors = [{ path: parameter, message: `is not a query parameter; this call ${hint}` }]
    expect({ call, status, body }).toMatchObject({ call, status: 422, body: { code: 'invalid_request', errors } })
  }
})

it('the overview shows the credits that expire before the next grant', async () => {
  const anchor = new Date(Date.now() - 3_600_000).toISOString()
  await kvidai.post(`${path}/memberships`, { plan: 'membership', anchor })
  await kvidai.post(`${path}/grants`, {
    source: 'promotional',
    amount: 7,
    reason: 'test',
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
  })
  await grant(5)
  const { request } = await openPortal(lotkeeper, kvidai, path)
  const { body } = await request('/overview')
  const { body: lots } = await request('/lots?open=true')
  const next = (await request('/account')).body.balance.next_grant.at
  const expiring = lots.data.filter((lot: any) => lot.expires_at && lot.expires_at <= next)
  expect(body.expiring_before_next_grant).toBe(expiring.reduce((sum: number, lot: any) => sum + lot.available, 0))
  expect(body.expiring_before_next_grant).toBeGreaterThanOrEqual(7)
})

it("another account's membership cannot be cancelled", async () => {
  const { body: membership } = await kvidai.post(`${path}/memberships`, { plan: 'membership' })
  const otherAccount = `/v1/accounts/${randomUUID()}`
  await kvidai.put(otherAccount, {})
  const { request } = await openPortal(lotkeeper, kvidai, otherAccount)
  const cancel = { method: 'POST', body: JSON.stringify({ when: 'now' }) }
  const refused = await request(`/memberships/${membership.id}/cancel`, cancel)
  expect([refused.status, refused.body.code]).toEqual([404, 'not_found'])
  const own = await openPortal(lotkeeper, kvidai, path)
  expect((await own.request(`/memberships/${membership.id}/cancel`, cancel)).body.state).toBe('ended')
})

it('the customer cannot choose the payment provider', async () => {
  const { request } = await openPortal(lotkeeper, kvidai, path)
  const body = JSON.stringify({ pack: 'credits', provider: 'invoice' })
  const order = { method: 'POST', body, headers: { 'idempotency-key': 'one' } }
  expect((await request('/purchases', order)).body).toMatchObject({ code: 'invalid_request' })
  expect((await request('/purchases')).body.data).toEqual([])
})

it('a portal action from another site is refused', async () => {
  const { request } = await openPortal(lotkeeper, kvidai, path)
  const foreignOrigins: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  for (const headers of foreignOrigins)
    expect((await request('/sign-out', { method: 'POST', headers })).status).toBe(422)
  expect((await request('/sign-out', { method: 'POST', headers: { origin: lotkeeper.url } })).status).toBe(204)
  expect((await request('/account')).status).toBe(401)
})

it('KV-05 a change is pushed to the open page', async () => {
  await grant(10)
  const { cookie } = await openPortal(lotkeeper, kvidai, path)
  const stop = new AbortController()
  const stream = await fetch(`${lotkeeper.url}/portal/api/events`, {
    headers: { cookie },
    signal: stop.signal,
  })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let received = ''
  const changes = async (count: number) => {
    while (received.split('event: change').length - 1 < count) received += (await reader?.read())?.value
  }
  await within('the first change', changes(1))
  const id = await image(2)
  await within('the reservation', changes(2))
  await kvidai.post(`/v1/generations/${id}/complete`, { delivered: 1 })
  await within('the settlement', changes(3))
  stop.abort()
})

it('BR-08 the history lists each generation with what it cost and why, page by page', async () => {
  await grant(100)
  const ids = [await image(4), await image(1), await image(2)]
  await kvidai.post(`/v1/generations/${ids[0]}/complete`, { delivered: 3 })
  const { request } = await openPortal(lotkeeper, kvidai, path)
  const events: any[] = []
  let cursor = ''
  do {
    const { body } = await request(`/generations?limit=2${cursor}`)
    events.push(...body.data)
    cursor = body.next_cursor && `&cursor=${body.next_cursor}`
  } while (cursor)
  expect(events.map(generation => generation.id)).toEqual(ids.reverse())
  expect(events[2]).toMatchObject({ outputs: 4, unit_cost: 2, cost: 8, spent: 6, refunded: 2 })
  expect((await kvidai.get(`${path}/generations?cursor=x`)).status).toBe(422)
})

it('lots can be filtered by remaining credits', async () => {
  await grant(2)
  await grant(5)
  await kvidai.post(`/v1/generations/${await image(1)}/complete`)
  expect((await kvidai.get(`${path}/lots?open=true`)).body.data).toHaveLength(1)
  expect((await kvidai.get(`${path}/lots`)).body.data).toHaveLength(2)
})
