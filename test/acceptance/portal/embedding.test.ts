import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

// Pages of EMBED_ORIGINS that show a customer's credits. test/clients runs them in a browser.

const origin = 'https://app.example.com'

let lotkeeper: Lotkeeper
let kvidai: Caller
const path = `/v1/accounts/${randomUUID()}`

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ EMBED_ORIGINS: origin })
  kvidai = lotkeeper.as('kvidai')
  await kvidai.put(path, {})
})
afterAll(() => lotkeeper.stop())

const ask = (path: string, init: RequestInit) => fetch(`${lotkeeper.url}/portal/api${path}`, init)

const open = (session: unknown) =>
  ask('/sessions', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ session }),
  })

async function newLink(): Promise<string | null> {
  const { body } = await kvidai.post(`${path}/portal-sessions`)
  return new URL(body.url).searchParams.get('session')
}

const allowedOrigin = (answer: Response) => answer.headers.get('access-control-allow-origin')

it('a link is exchanged once for a session, without a cookie', async () => {
  const link = await newLink()
  const opened = await open(link)
  expect([opened.status, allowedOrigin(opened)]).toEqual([201, origin])
  expect(await opened.json()).toEqual({ token: expect.any(String), seconds: 43_200 })
  expect(opened.headers.get('set-cookie')).toBeNull()
  expect(opened.headers.get('access-control-allow-credentials')).toBeNull()
  for (const used of [link, 'x', '', 5, null]) expect((await open(used)).status).toBe(401)
})

it('the session reads its own account, and changes nothing', async () => {
  const { token } = (await (await open(await newLink())).json()) as { token: string }
  const headers = { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const read = await ask('/account', { headers })
  expect([read.status, allowedOrigin(read)]).toEqual([200, origin])
  expect(((await read.json()) as { account: string }).account).toBe(path.split('/').at(-1))
  for (const write of ['/redemptions', '/purchases', '/sign-out'])
    expect((await ask(write, { method: 'POST', headers, body: '{}' })).status).toBe(401)
})

it.each(['generate', 'admin'] as const)('an API key is no session: %s', async scope => {
  const headers = { authorization: `Bearer ${lotkeeper.keys.kvidai?.[scope]}` }
  expect((await ask('/account', { headers })).status).toBe(401)
})

it.each([
  [origin, 204, origin],
  ['https://evil.example', 404, null],
  ['null', 404, null],
])('the browser asks for permission from %s', async (from, status, allowed) => {
  const headers = { origin: from, 'access-control-request-method': 'GET' }
  const answer = await ask('/account', { method: 'OPTIONS', headers })
  await answer.text()
  expect([answer.status, allowedOrigin(answer), answer.headers.get('vary')]).toEqual([
    status,
    allowed,
    expect.stringMatching(/Origin/),
  ])
})
