import { freePort } from '../../../scripts/servers/ports.ts'
import { type OpenIdStandIn, startOpenIdProvider } from '../../support/console/open-id.ts'
import { type ConsoleUser, consoleUser } from '../../support/console/user.ts'
import { type WebBrowser, webBrowser } from '../../support/console/web-browser.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

// Signing in to the console at a real OpenID Connect provider.

const people = {
  ada: { name: 'Ada Lovelace', email: 'ada@support.example', groups: ['care', 'leads of myai'] },
  bob: { name: 'Bob', email: 'bob@support.example', groups: ['care'] },
  eve: { name: 'Eve', email: 'eve@elsewhere.example', groups: ['others'] },
}
const ROLES = 'support@kvidai=care, read@myai=care, admin@myai=leads of myai'

let provider: OpenIdStandIn
let lotkeeper: Lotkeeper

beforeAll(async () => {
  const port = await freePort()
  provider = await startOpenIdProvider(`http://127.0.0.1:${port}`, people)
  lotkeeper = await startLotkeeper({
    PORT: String(port),
    TEMPORAL_UI: 'http://127.0.0.1:8233/',
    ...provider.settings(ROLES),
  })
})
afterAll(async () => {
  await lotkeeper?.stop()
  provider?.stop()
})

/** Starts to sign in, up to the provider's form. */
async function ask(browser: WebBrowser, returnTo = '/console/kvidai/inbox') {
  const start = await browser.fetch(`${lotkeeper.url}/console/sign-in?return_to=${encodeURIComponent(returnTo)}`)
  const address = start.headers.get('location') ?? ''
  const form = await browser.fetch(address)
  return { address: new URL(address), form: new URL(form.headers.get('location') ?? '', address).href }
}

/** Fills in the provider's form, and stops at the address that it leads back to. */
async function callbackOf(browser: WebBrowser, form: string, name: string): Promise<string> {
  const finished = await browser.fetch(`${form}?as=${name}`)
  const resumed = await browser.fetch(finished.headers.get('location') ?? '')
  return resumed.headers.get('location') ?? ''
}

async function signIn(name: string): Promise<{ browser: WebBrowser; user: ConsoleUser; landed: Response }> {
  const browser = webBrowser()
  const { form } = await ask(browser)
  const landed = await browser.fetch(await callbackOf(browser, form, name))
  return { browser, landed, user: await consoleUser(lotkeeper.url, browser.cookiesOf(lotkeeper.url)) }
}

it('a person signs in with PKCE, state and nonce, and has the roles of their groups', async () => {
  const { address } = await ask(webBrowser())
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    client_id: 'lotkeeper',
    redirect_uri: `${lotkeeper.url}/console/callback`,
    response_type: 'code',
    scope: 'openid profile email groups',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  })
  const { landed, user } = await signIn('ada')
  expect([landed.status, landed.headers.get('location')]).toEqual([303, '/console/kvidai/inbox'])
  const cookies = landed.headers.getSetCookie()
  expect(cookies.find(each => each.startsWith('lotkeeper-console='))).toMatch(/HttpOnly.*SameSite=Strict/)
  expect(cookies.find(each => each.startsWith('lotkeeper-sign-in='))).toMatch(/Expires=Thu, 01 Jan 1970/)
  const { status, headers, body } = await user.send('/console/session', { headers: { cookie: user.cookie } })
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(body).toEqual({
    person: 'Ada Lovelace',
    email: 'ada@support.example',
    roles: { kvidai: 'support', myai: 'admin' },
    csrf: expect.stringMatching(/^[\w-]{43}$/),
    expires_at: expect.any(String),
    temporal_ui: 'http://127.0.0.1:8233/namespaces/default',
  })
  const { rows } = await lotkeeper.db.query('select s::text from console_sessions s')
  const secret = user.cookie.split('=')[1] ?? ''
  expect(rows.some(({ s }) => s.includes(secret))).toBe(false)
})

it('an act of a person is in the activity log under their name, with the role of the product', async () => {
  const path = '/v1/accounts/signed-in'
  await lotkeeper.as('kvidai').put(path, {})
  const { user } = await signIn('bob')
  const grant = { source: 'purchased', amount: 5, reason: 'a gift' }
  expect((await user.call('kvidai', 'POST', `${path}/grants`, grant)).status).toBe(201)
  const { body: log } = await user.call('kvidai', 'GET', `${path}/activity`)
  expect(log.data).toMatchObject([
    { actor: 'Bob <bob@support.example>', key: expect.stringMatching(/^person_/), action: 'grant', reason: 'a gift' },
  ])
  const { body: entries } = await user.call('kvidai', 'GET', `${path}/entries`)
  // Customers see entries, and must not see who works here.
  expect(entries.data).toMatchObject([{ api_key: 'console' }])
})

it('whoever has no group with a role, or refuses at the provider, is not signed in', async () => {
  const eve = webBrowser()
  const landed = await eve.fetch(await callbackOf(eve, (await ask(eve)).form, 'eve'))
  expect([landed.status, await landed.text()]).toEqual([403, expect.stringContaining('You have no role')])
  const nobody = webBrowser()
  const refused = await nobody.fetch(await callbackOf(nobody, (await ask(nobody)).form, ''))
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('You are not signed in')])
  for (const browser of [eve, nobody])
    expect((await browser.fetch(`${lotkeeper.url}/console/session`)).status).toBe(401)
})

it('a callback counts once, in the browser that started it, with its own state', async () => {
  const victim = webBrowser()
  const attacker = webBrowser()
  const stolen = await callbackOf(attacker, (await ask(attacker)).form, 'ada')
  // Without a sign-in of its own, and with another one.
  expect((await victim.fetch(stolen)).status).toBe(403)
  await ask(victim)
  expect((await victim.fetch(stolen)).status).toBe(403)
  const forged = new URL(stolen)
  forged.searchParams.set('state', 'x'.repeat(43))
  expect((await attacker.fetch(forged.href)).status).toBe(403)
  // The first use took the cookie with it.
  expect((await attacker.fetch(stolen)).status).toBe(403)
  expect((await victim.fetch(`${lotkeeper.url}/console/session`)).status).toBe(401)
})

it.each([
  '//evil.example',
  'https://evil.example',
  '/console/../..//evil.example',
  '/console\\..\\..\\evil',
  '/portal',
  '/console-of-others',
])('a sign-in that asks to return to %s leads to the console', async returnTo => {
  const browser = webBrowser()
  const { form } = await ask(browser, returnTo)
  const landed = await browser.fetch(await callbackOf(browser, form, 'bob'))
  expect([landed.status, landed.headers.get('location')]).toEqual([303, '/console'])
})

it('signing out ends the session here, and tells where it ends at the provider', async () => {
  const { user } = await signIn('bob')
  const headers = { cookie: user.cookie }
  expect((await user.send('/console/sign-out', { method: 'POST', headers })).status).toBe(422)
  const { status, body } = await user.send('/console/sign-out', {
    method: 'POST',
    headers: { ...headers, 'x-csrf-token': user.csrf },
  })
  expect([status, body.end_session_url]).toEqual([200, expect.stringContaining(`${provider.issuer}/session/end?`)])
  expect((await user.send('/console/session', { headers })).status).toBe(401)
  expect((await user.call('kvidai', 'GET', '/v1/attention')).status).toBe(401)
})

it('a session ends after eight hours', async () => {
  const { user } = await signIn('bob')
  const { rows } = await lotkeeper.db.query(
    `select round(extract(epoch from max(expires_at) - clock_timestamp()) / 60) as minutes from console_sessions`,
  )
  expect(rows[0].minutes).toBe(480)
  await lotkeeper.db.query(`update console_sessions set expires_at = clock_timestamp() - interval '1 second'`)
  expect((await user.call('kvidai', 'GET', '/v1/attention')).status).toBe(401)
})
