import { connect } from 'node:net'
import type { Caller } from '../support/clients/caller.ts'
import { openPortal } from '../support/clients/portal.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

// Attacks through a browser: by other sites, by texts and by headers.

let lotkeeper: Lotkeeper
let kvidai: Caller
const path = '/v1/accounts/ada'

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  kvidai = lotkeeper.as('kvidai')
  await kvidai.put(path, {})
})
afterAll(() => lotkeeper?.stop())

it('over https the session cookie is __Host-, Secure and HttpOnly', async () => {
  const secure = await startLotkeeper({ PUBLIC_URL: 'https://credits.example.com' })
  await secure.as('kvidai').put(path, {})
  const { body } = await secure.as('kvidai').post(`${path}/portal-sessions`)
  expect(body.url).toMatch(/^https:\/\/credits\.example\.com\/portal\?session=/)
  const opened = await fetch(body.url.replace('https://credits.example.com', secure.url), {
    redirect: 'manual',
  })
  const [cookie = '', ...attributes] = (opened.headers.get('set-cookie') ?? '').split('; ')
  expect(cookie).toMatch(/^__Host-lotkeeper=/)
  const names = attributes.map(attribute => attribute.replace(/^Expires=.*/, 'Expires'))
  expect(names.sort()).toEqual(['Expires', 'HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure'])
  expect(opened.headers.get('cache-control')).toBe('no-store')
  const statusOf = async (sent: string) =>
    (await fetch(`${secure.url}/portal/api/account`, { headers: { cookie: sent } })).status
  expect(await statusOf(cookie)).toBe(200)
  // A sibling host could set a cookie without the prefix.
  expect(await statusOf(cookie.replace('__Host-', ''))).toBe(401)
  expect(await statusOf(`lotkeeper=x; ${cookie}`)).toBe(200)
  await secure.stop()
})

it('every portal action with a foreign Origin is refused', async () => {
  const { request } = await openPortal(lotkeeper, kvidai, path)
  const paths = ['/purchases', '/purchases/pur_x/missing', '/redemptions', '/memberships/mem_x/cancel', '/sign-out']
  const foreignHeaders: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${lotkeeper.url}.evil.example` },
    { origin: lotkeeper.url.replace('http:', 'https:') },
    { origin: lotkeeper.url, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ]
  for (const target of paths)
    for (const headers of foreignHeaders) {
      const { status, body } = await request(target, { method: 'POST', body: '{}', headers })
      expect([target, headers, status, body.errors?.[0].path]).toEqual([target, headers, 422, 'Origin'])
    }
  const form = { 'content-type': 'text/plain', origin: lotkeeper.url }
  expect((await request('/redemptions', { method: 'POST', body: '{"code":"x"}', headers: form })).status).toBe(422)
  expect((await request('/account')).status).toBe(200)
})

it('no answer allows another origin, and each has its security headers', async () => {
  const { cookie } = await openPortal(lotkeeper, kvidai, path)
  const addresses = [
    '/v1/operations',
    '/portal/api/account',
    '/portal',
    '/docs',
    '/openapi.json',
    '/nothing',
    '/livez',
    '/embed/badge',
  ]
  for (const address of addresses)
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { origin: 'https://evil.example', cookie, 'access-control-request-method': 'GET' }
      const answer = await fetch(`${lotkeeper.url}${address}`, { method, headers })
      await answer.text()
      expect([address, answer.headers.get('access-control-allow-origin')]).toEqual([address, null])
      expect(answer.headers.get('x-powered-by')).toBeNull()
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect([address, policy]).toEqual([address, expect.stringMatching(/script-src 'self'|default-src 'none'/)])
      expect(policy).not.toMatch(/script-src[^;]*'unsafe/)
      if (address !== '/embed/badge') expect(answer.headers.get('x-frame-options')).toMatch(/DENY|SAMEORIGIN/)
    }
})

it('pages escape text', async () => {
  const studio = lotkeeper.as('listing-studio')
  const name = `"'><script>alert(1)<svg&`
  const account = `/v1/accounts/${encodeURIComponent(name)}`
  await studio.put(account, {})
  await studio.post(`${account}/memberships`, { plan: 'professional-plus', slots: 5 })
  await studio.post(`${account}/purchases`, { pack: 'professional-plus-small', provider: 'invoice' })
  const { body: invoices } = await studio.get(`${account}/invoices`)
  const page = await studio.get(`${account}/invoices/${invoices.data[0].id}`, { accept: 'text/html' })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.body).toContain('&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;svg&amp;')
  expect(page.body).not.toContain('<script')
  const { body: problem } = await studio.get('/v1/accounts/<script>alert(1)<')
  expect(problem.code).toBe('not_found')
  const shown = await (await fetch(`${lotkeeper.url}/problems/%3Cscript%3Ealert(1)%3C`)).text()
  expect(shown).not.toContain('<script')
})

it('export filters are treated as text', async () => {
  await kvidai.post(`${path}/grants`, { source: 'purchased', amount: 5, reason: 'test' })
  const filters = [
    `'; drop table lots; --`,
    `\\'; drop table lots; --`,
    `' or true) to program 'id' --`,
    '$1',
    '$6',
    `E'\\x27`,
  ]
  for (const filter of filters)
    for (const field of ['operation', 'key'])
      for (const format of ['csv', 'json']) {
        const answer = await kvidai.get(`${path}/entries?format=${format}&${field}=${encodeURIComponent(filter)}`)
        expect([filter, answer.status]).toEqual([filter, 200])
        expect([filter, format === 'csv' ? answer.body.trim().split('\n').length : answer.body.length]).toEqual([
          filter,
          format === 'csv' ? 1 : 0,
        ])
      }
  expect((await kvidai.get(`${path}/lots`)).body.data).toHaveLength(1)
})

/** The headers of the answer to a raw request. */
function headOf(request: string): Promise<string> {
  const { hostname, port } = new URL(lotkeeper.url)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(request))
    socket.on('data', chunk => {
      text += chunk
      if (text.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text.split('\r\n\r\n')[0] ?? ''))
  })
}

it('no input is copied into a header, a host or a redirect', async () => {
  const key = lotkeeper.keys.kvidai?.admin
  const send = (line: string, ...headers: string[]) =>
    headOf([`${line} HTTP/1.1`, 'Host: evil.example', `Authorization: Bearer ${key}`, ...headers, '', ''].join('\r\n'))
  const split = await send('GET /v1/operations', 'X-Request-Id: a\rSet-Cookie: b=c')
  expect(split).toMatch(/^HTTP\/1.1 422/)
  expect(await send('GET /v1/operations', 'X-Request-Id: a%0d%0aSet-Cookie: b=c')).not.toMatch(/set-cookie/i)
  expect(await send('GET /portal?session=%0d%0aSet-Cookie:b=c&next=//evil.example')).toMatch(
    /\r\nLocation: \/portal\r\n/,
  )
  expect(await send('GET http://evil.example/portal?session=x')).toMatch(/\r\nLocation: \/portal\r\n/)
  const { body } = await kvidai.post(`${path}/portal-sessions`)
  expect(new URL(body.url).origin).toBe(lotkeeper.url)
  const { body: bought } = await kvidai.post(`${path}/purchases`, { pack: 'credits', provider: 'stripe' })
  const paid = await send(
    `POST http://evil.example/test-checkout/kvidai/${bought.id}`,
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 9\r\n\r\nevent=pay',
  )
  expect(paid).toMatch(/^HTTP\/1.1 303/)
  expect(paid).toContain(`\r\nLocation: /test-checkout/kvidai/${bought.id}\r\n`)
})
