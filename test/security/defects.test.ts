import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { Caller } from '../support/clients/caller.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

// Defects that the generated requests of this folder found.

let lotkeeper: Lotkeeper
let kvidai: Caller
let path: string

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ CLIENT_SECONDS: '1' })
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())
beforeEach(async () => {
  path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, {})
})

const encoded = (text: string) => Buffer.from(text).toString('base64url')

it.each([
  ['activity', 'x'],
  ['activity', '-1'],
  ['entries', '9'.repeat(40)],
  ['generations', encoded('2026-02-30 10:00:00+00 gen_1')],
  ['purchases', 'x'],
  ['purchases', encoded('2026-02-30T10:00:00.000Z pur_1')],
  ['purchases', encoded('0000-02-20T10:00:00.000Z pur_1')],
])('a foreign cursor is refused by %s: %s', async (list, cursor) => {
  const address = list === 'purchases' ? '/v1/purchases?' : `${path}/${list}?`
  expect(await kvidai.get(`${address}cursor=${cursor}`)).toMatchObject({
    status: 422,
    body: { code: 'invalid_request', errors: [{ path: 'cursor' }] },
  })
})

it('pages of purchases are complete and do not overlap', async () => {
  const buy = () => kvidai.post(`${path}/purchases`, { pack: 'credits', provider: 'manual' })
  const purchases = [await buy(), await buy(), await buy()].map(({ body }) => body.id)
  const account = path.split('/').at(-1)
  const first = (await kvidai.get(`/v1/purchases?account=${account}&limit=2`)).body
  const rest = (await kvidai.get(`/v1/purchases?account=${account}&limit=2&cursor=${first.next_cursor}`)).body
  expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(purchases.reverse())
})

it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])(
  'a time out of range is refused: %s',
  async at => {
    const refused = { status: 422, body: { code: 'invalid_request' } }
    expect(await kvidai.get(`${path}/balance?at=${at}`)).toMatchObject(refused)
    expect(await kvidai.get(`${path}/entries?from=${at}`)).toMatchObject(refused)
    expect(await kvidai.post('/v1/test-clocks', { now: at })).toMatchObject(refused)
    const membership = { plan: 'membership', paid_through: at }
    expect(await kvidai.post(`${path}/memberships`, membership)).toMatchObject(refused)
  },
)

it('amounts are limited so that sums stay exact', async () => {
  const maximum = 1_000_000_000
  const grant = (amount: number) => kvidai.post(`${path}/grants`, { source: 'purchased', amount, reason: 'test' })
  const refused = { status: 422, body: { code: 'invalid_request', errors: [{ path: 'amount' }] } }
  expect(await grant(maximum + 1)).toMatchObject(refused)
  expect(await grant(2 ** 53 - 1)).toMatchObject(refused)
  expect((await grant(maximum)).status).toBe(201)
  const campaign = { name: 'x', source: 'promotional', audience: 'all', amount: 2 ** 53 - 1 }
  expect(await kvidai.post('/v1/campaigns', campaign)).toMatchObject(refused)
  expect((await kvidai.get(`${path}/balance`)).body.available).toBe(maximum)
})

/** Sends raw bytes. @returns the answer, once the server closes the connection */
function sendBytes(bytes: string): Promise<string> {
  const { hostname, port } = new URL(lotkeeper.url)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

it.each([
  ['a URL that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 413, 'payload_too_large'],
  ['text that is not HTTP', 'what is this?\r\n\r\n', 422, 'invalid_request'],
  [
    'two Content-Length headers',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    422,
    'invalid_request',
  ],
  [
    'Content-Length with Transfer-Encoding',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/keys HTTP/1.1\r\n\r\n',
    422,
    'invalid_request',
  ],
  ['headers that never end', 'GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ', 422, 'invalid_request'],
])('%s is answered with a problem document and a closed connection', async (_what, bytes, status, code) => {
  const [head = '', body = ''] = (await sendBytes(bytes)).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head).toContain('application/problem+json')
  expect(JSON.parse(body)).toMatchObject({ status, code })
})

it('the OpenAPI document lists every content type of an answer', async () => {
  const { paths }: any = await (await fetch(`${lotkeeper.url}/openapi.json`)).json()
  const typesOf = (path: string) => Object.keys(paths[path].get.responses[200].content)
  expect(typesOf('/v1/accounts/{account}/entries')).toEqual(['application/json', 'text/csv'])
  expect(typesOf('/v1/accounts/{account}/invoices/{invoice}')).toEqual(['application/json', 'text/html'])
})

it('patterns in the OpenAPI document are regular expressions without delimiters', async () => {
  const text = await (await fetch(`${lotkeeper.url}/openapi.json`)).text()
  const patterns = [...text.matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)].map(([, pattern]) => pattern)
  expect(patterns.length).toBeGreaterThan(20)
  expect(patterns.filter(pattern => /\/u$|\\p/.test(pattern ?? ''))).toEqual([])
})
