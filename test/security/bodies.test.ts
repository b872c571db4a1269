import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { memoryLog } from '../support/memory-log.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { waitFor } from '../support/wait-for.ts'

// Malformed bodies, and bodies of which only half arrives.

const REQUESTS_AT_ONCE = 20
const HALF_SENT = 30

const log = memoryLog()
let lotkeeper: Lotkeeper

beforeAll(async () => {
  const settings = { REQUESTS_AT_ONCE: String(REQUESTS_AT_ONCE), CLIENT_SECONDS: '60' }
  lotkeeper = await startLotkeeper(settings, { logger: log.logger })
})
afterAll(() => lotkeeper?.stop())

it('a malformed body is not logged, with or without a key', async () => {
  const secret = randomUUID()
  const keys = [undefined, `Bearer ${lotkeeper.keys.kvidai?.admin}`]
  for (const path of ['/v1/codes/check', '/portal/api/redemptions', '/webhooks/stripe/kvidai'])
    for (const authorization of keys) {
      const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
      const response = await fetch(`${lotkeeper.url}${path}`, {
        method: 'POST',
        headers,
        body: `{"code": "${secret}`,
      })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
    }
  await waitFor('log lines of the requests', () => log.text().includes('/webhooks/stripe/:product'))
  expect(log.text()).not.toContain(secret)
  expect(log.text()).not.toContain(secret.slice(0, 8))
})

/** Sends the headers and half of the body, and keeps the connection open. */
function sendHalf(path: string, authorization?: string): Promise<{ socket: Socket; received(): string }> {
  const { hostname, port } = new URL(lotkeeper.url)
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    'Content-Type: application/json',
    ...(authorization ? [`Authorization: ${authorization}`] : []),
    'Content-Length: 100',
  ]
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n{"code":`)
      resolve({ socket, received: () => received })
    })
    socket.on('data', chunk => {
      received += chunk
    })
    socket.once('error', reject)
  })
}

it.each([
  ['without a key', '/v1/codes/check', false, HALF_SENT, / 401 /],
  ['with a key', '/v1/codes/check', true, HALF_SENT - REQUESTS_AT_ONCE / 4, / 503 /],
  ['to a webhook', '/webhooks/stripe/kvidai', false, HALF_SENT - REQUESTS_AT_ONCE / 4, / 503 /],
  ['to the page', '/portal/api/redemptions', false, HALF_SENT, / 401 /],
])('half-sent bodies %s do not block other requests', async (_what, path, hasKey, refused, status) => {
  const key = `Bearer ${lotkeeper.keys.kvidai?.generate}`
  const sent = await Promise.all(Array.from({ length: HALF_SENT }, () => sendHalf(path, hasKey ? key : undefined)))
  const refusals = () => sent.filter(({ received }) => status.test(received())).length
  await waitFor(`${refused} refusals`, refusals, count => count === refused)
  const kvidai = lotkeeper.as('kvidai')
  expect((await kvidai.get('/v1/operations')).status).toBe(200)
  for (const { socket } of sent) socket.destroy()
  const check = () => kvidai.post('/v1/codes/check', { code: 'ABCD-EFGH-JKLM-NPQR' })
  await waitFor('an accepted body', check, ({ status }) => status !== 503)
})
