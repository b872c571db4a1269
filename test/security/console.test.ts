import { randomUUID } from 'node:crypto'
import { startConsoleSession } from '../../db/console/sessions.ts'
import { consoleUser, enterConsole } from '../support/console/user.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

// Sessions of the console: forged requests, and acts that need two people.

let lotkeeper: Lotkeeper
const account = `/v1/accounts/${randomUUID()}`
const grant = { source: 'bonus', amount: 1, reason: 'test' }

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  await lotkeeper.as('branding').put(account, {})
})
afterAll(() => lotkeeper?.stop())

const balance = async () => (await lotkeeper.as('branding').get(`${account}/balance`)).body.available

it('an act needs the CSRF token of its own session, and the console as its origin', async () => {
  const user = await enterConsole(lotkeeper, 'ada', { branding: 'support' })
  const other = await enterConsole(lotkeeper, 'ada', { branding: 'support' })
  const good = { cookie: user.cookie, 'lotkeeper-product': 'branding', 'x-csrf-token': user.csrf }
  const { 'x-csrf-token': _, ...withoutToken } = good
  const forged: [string, Record<string, string>][] = [
    ['X-CSRF-Token', withoutToken],
    ['X-CSRF-Token', { ...good, 'x-csrf-token': other.csrf }],
    ['X-CSRF-Token', { ...good, 'x-csrf-token': `${user.csrf}x` }],
    ['X-CSRF-Token', { ...good, 'x-csrf-token': '' }],
    ['Origin', { ...good, origin: 'https://evil.example' }],
    ['Origin', { ...good, origin: 'null' }],
    ['Origin', { ...good, 'sec-fetch-site': 'same-site' }],
    ['Origin', { ...good, 'sec-fetch-site': 'cross-site' }],
  ]
  const act = (method: string, path: string, headers: Record<string, string>, body?: object) =>
    user.send(path, {
      method,
      headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const before = await balance()
  for (const [path, headers] of forged) {
    for (const [method, target, body] of [
      ['POST', `${account}/grants`, grant],
      ['PUT', `${account}/limits`, { daily_limit: 1 }],
      ['DELETE', account, undefined],
      ['POST', '/console/sign-out', undefined],
    ] as const) {
      const { status, body: refusal } = await act(method, target, headers, body)
      expect([target, headers, status, refusal.errors?.[0].path]).toEqual([target, headers, 422, path])
    }
  }
  expect(await balance()).toBe(before)
  expect((await act('POST', `${account}/grants`, good, grant)).status).toBe(201)
  expect((await act('POST', `${account}/grants`, { ...good, 'sec-fetch-site': 'same-origin' }, grant)).status).toBe(201)
})

it('a session is a cookie of the console, and nothing else', async () => {
  const user = await enterConsole(lotkeeper, 'ada', { branding: 'read' })
  const secret = user.cookie.split('=')[1] ?? ''
  const { rows } = await lotkeeper.db.query(`select encode(hash, 'hex') as hash from console_sessions limit 1`)
  const product = { 'lotkeeper-product': 'branding' }
  const link = await startConsoleSession(
    lotkeeper.db,
    { person: { id: 'person_ada', name: 'ada', email: null }, roles: { branding: 'admin' } },
    new Date(),
    'link',
  )
  const forms: Record<string, string>[] = [
    { authorization: `Bearer ${secret}` },
    { cookie: `lotkeeper=${secret}` },
    { cookie: `lotkeeper-console=${rows[0].hash}` },
    { cookie: `lotkeeper-console=${link}` },
    { cookie: 'lotkeeper-console=' },
    // A key counts, not the cookie beside it.
    { cookie: user.cookie, authorization: 'Bearer none' },
    { cookie: user.cookie, authorization: '' },
  ]
  for (const headers of forms) {
    const { status } = await user.send('/v1/attention', { headers: { ...headers, ...product } })
    expect([headers, status]).toEqual([headers, 401])
  }
  const without = await user.send('/v1/attention', { headers: { cookie: user.cookie } })
  expect([without.status, without.body.errors[0].path]).toEqual([422, 'Lotkeeper-Product'])
  expect((await user.call('__proto__', 'GET', '/v1/attention')).status).toBe(403)
  expect((await user.call('*', 'GET', '/v1/attention')).status).toBe(403)
  const portal = await user.send('/portal/api/account', { headers: { cookie: `lotkeeper=${secret}` } })
  expect(portal.status).toBe(401)
})

it('a link of a development start works once', async () => {
  const person = { id: 'person_developer', name: 'developer', email: null }
  const link = await startConsoleSession(lotkeeper.db, { person, roles: { '*': 'admin' } }, new Date(), 'link')
  const open = (method: string) => fetch(`${lotkeeper.url}/console?session=${link}`, { method, redirect: 'manual' })
  // Link checkers must not use it up.
  expect((await open('HEAD')).headers.getSetCookie()).toEqual([])
  const opened = await open('GET')
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/console'])
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { body } = await (await consoleUser(lotkeeper.url, cookie)).send('/console/session', { headers: { cookie } })
  expect(body.roles).toEqual(Object.fromEntries(Object.keys(lotkeeper.keys).map(product => [product, 'admin'])))
  expect((await open('GET')).headers.getSetCookie()).toEqual([])
})

it('BR-24 an approval needs two people, whatever sessions and keys they use', async () => {
  const ada = await enterConsole(lotkeeper, 'ada', { branding: 'admin' })
  const asked = await ada.call('branding', 'POST', `${account}/compensations`, { lost: 400, cause: 'wrong-deduction' })
  expect([asked.status, asked.body.state]).toEqual([202, 'awaiting_approval'])
  const approve = `/v1/approvals/${asked.body.approval}/approve`
  const again = await enterConsole(lotkeeper, 'ada', { '*': 'admin' })
  const { body: made } = await again.call('branding', 'POST', '/v1/keys', { name: 'mine', scope: 'admin' })
  const key = lotkeeper.with(made.key)
  const { body: second } = await key.post('/v1/keys', { name: 'of mine', scope: 'admin' })
  for (const refused of [
    await ada.call('branding', 'POST', approve),
    await again.call('branding', 'POST', approve),
    await key.post(approve),
    await lotkeeper.with(second.key).post(approve),
  ])
    expect([refused.status, refused.body.code]).toEqual([403, 'scope_required'])
  const name = account.split('/').at(-1)
  const { body: attention } = await ada.call('branding', 'GET', `/v1/attention?account=${name}`)
  expect(attention.data).toMatchObject([{ reason: 'It waits for a second person. Requested by ada.' }])
  const bob = await enterConsole(lotkeeper, 'bob', { branding: 'admin' })
  expect((await bob.call('branding', 'POST', approve)).body).toMatchObject({ state: 'given', lost: 400 })
  const { body: log } = await bob.call('branding', 'GET', `${account}/activity`)
  expect(log.data.slice(0, 1)).toMatchObject([{ action: 'approval', actor: 'bob <bob@support.example>', done: true }])
})

it('what a person asked for with a key of their own, they may not approve in the console', async () => {
  const ada = await enterConsole(lotkeeper, 'ada', { branding: 'admin' })
  const { body: made } = await ada.call('branding', 'POST', '/v1/keys', { name: 'by ada', scope: 'support' })
  const asked = await lotkeeper.with(made.key).post(`${account}/compensations`, { lost: 500, cause: 'wrong-deduction' })
  const refused = await ada.call('branding', 'POST', `/v1/approvals/${asked.body.approval}/approve`)
  expect([refused.status, refused.body.code]).toEqual([403, 'scope_required'])
})
