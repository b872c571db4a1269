import { pino } from 'pino'
import { keyRateLimiter } from '../../api/rate-limits/key-limiter.ts'
import { startApi } from '../../api/start.ts'
import { connectDb } from '../../db/core/connect.ts'
import { caller } from '../support/clients/caller.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

const LIMIT = 120

let lotkeeper: Lotkeeper
let second: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ REQUESTS_PER_MINUTE: String(LIMIT), REQUESTS_AT_ONCE: '10' })
  second = await startApi({ ...lotkeeper.config, port: 0 }, pino({ level: 'silent' }))
})
afterAll(async () => {
  await second?.stop()
  await lotkeeper?.stop()
})

/** Sends `count` requests, five at a time, to the processes in turn. */
async function sendRequests(count: number, key: string, urls: string[]) {
  const answers = []
  for (let sent = 0; sent < count; sent += 5)
    answers.push(
      ...(await Promise.all(
        [0, 1, 2, 3, 4].map(i => caller(urls[(sent + i) % urls.length] ?? '', key).get('/v1/operations')),
      )),
    )
  return answers
}

it('the limit of requests a minute counts each key over all processes', async () => {
  const key = lotkeeper.keys.kvidai?.read ?? ''
  const answers = await sendRequests(LIMIT + 60, key, [lotkeeper.url, second.url])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT)
  const refused = answers.filter(({ status }) => status !== 200)
  for (const { status, body, headers } of refused) {
    expect({ status, code: body.code, limit: body.limit }).toEqual({
      status: 429,
      code: 'too_many_requests',
      limit: LIMIT,
    })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
  }
  const other = await sendRequests(5, lotkeeper.keys.kvidai?.manage ?? '', [lotkeeper.url, second.url])
  expect(other.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

it('while the counter is unavailable no request is refused', async () => {
  const unreachable = connectDb('postgres://nobody@127.0.0.1:1/nothing', 1)
  const lines: string[] = []
  const rates = keyRateLimiter(unreachable, 2, pino({}, { write: line => void lines.push(line) }))
  for (let i = 0; i < 10; i++) await rates.count('key_1')
  expect(lines.join()).toContain('counting failed')
  await unreachable.end()
})

it('concurrent requests above the limit of a process get 503, later ones do not', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const answers = await Promise.all(Array.from({ length: 60 }, () => kvidai.get('/v1/keys')))
  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThan(60)
  for (const { status, body, headers } of refused)
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '1'])
  expect((await kvidai.get('/livez')).status).toBe(200)
  expect((await kvidai.get('/v1/keys')).status).toBe(200)
})
