import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { statuses } from '../../api/http/problems.ts'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import { freePort } from '../../scripts/servers/ports.ts'
import { type Answer, type Caller, caller } from '../support/clients/caller.ts'
import { whileUnavailable } from '../support/clients/retries.ts'
import { putManyEntries } from '../support/database/many-entries.ts'
import { createDatabase, repetitions } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { ServiceProcess } from '../support/servers/service-process.ts'
import { waitFor } from '../support/wait-for.ts'

// Overload: refusals follow the contract, memory is bounded, and everything recovers.

const MEGABYTE = 2 ** 20
const CLIENT_SECONDS = 2
/** Generations that are open at once. */
const OPEN = repetitions(100, 10_000)
const BURST = repetitions(500, 2_000)

jest.setTimeout(repetitions(180_000, 3_600_000))

let lotkeeper: Lotkeeper
let api: ServiceProcess
let worker: ServiceProcess
let kvidai: Caller
let port: number

beforeAll(async () => {
  lotkeeper = await startLotkeeper({}, { runsWorker: false })
  port = await freePort()
  api = new ServiceProcess('api', { ...lotkeeper.config, port })
  worker = new ServiceProcess('worker', lotkeeper.config)
  await Promise.all([api.start(), worker.start()])
  kvidai = caller(`http://127.0.0.1:${port}`, lotkeeper.keys.kvidai?.admin ?? '')
})
afterAll(async () => {
  await Promise.all([api?.kill(), worker?.kill()])
  await lotkeeper?.stop()
})

/** Creates accounts with high limits and many credits. */
function createAccounts(count: number): Promise<string[]> {
  return runTwentyAtOnce(count, async () => {
    const path = `/v1/accounts/${randomUUID()}`
    await kvidai.put(path, {})
    await kvidai.put(`${path}/limits`, { concurrency: 1_000_000, daily_limit: 1_000_000 })
    await kvidai.post(`${path}/grants`, { source: 'purchased', amount: 100_000, reason: 'load' })
    return path
  })
}

/** Runs a call `count` times, twenty at a time. */
async function runTwentyAtOnce<T>(count: number, call: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const runner = async () => {
    while (next < count) results.push(await call(next++))
  }
  await Promise.all(Array.from({ length: 20 }, runner))
  return results
}

const countHolds = async () =>
  Number((await lotkeeper.db.query(`select count(*) from holds where state = 'reserved'`)).rows[0].count)

function countStatuses(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status, body, headers } of answers) {
    counts[status] = (counts[status] ?? 0) + 1
    if (status < 400) continue
    expect([statuses[body.code as keyof typeof statuses], body.code]).toEqual([status, body.code])
    if (status === 503) expect(headers.get('retry-after')).toBe('1')
  }
  return counts
}

it(`${BURST} concurrent requests are answered or get 503; repeated under the same key, all succeed once`, async () => {
  const paths = await createAccounts(20)
  const before = await countHolds()
  const memory = api.memory()
  const requests = Array.from({ length: BURST }, (_, i) => {
    const path = paths[i % paths.length] ?? ''
    const key = randomUUID()
    if (i % 4 < 2) return () => kvidai.post(`${path}/generations`, { operation: 'text' }, key)
    if (i % 4 === 2) return () => kvidai.get(`${path}/balance`)
    return () => kvidai.post(`${path}/quotes`, { operation: 'text' }, key)
  })
  // The operating system may refuse some of the connections; those count as no answer.
  const first = await Promise.all(requests.map(request => request().catch(() => null)))
  const growth = api.memory() - memory
  const counts = countStatuses(first.flatMap(answer => answer ?? []))
  expect(counts[200]).toBeGreaterThan(0)
  expect(Object.keys(counts).filter(status => !['200', '201', '429', '503'].includes(status))).toEqual([])
  expect(growth).toBeLessThan(400 * MEGABYTE)
  const repeats = requests.filter((_, i) => first[i] === null || first[i]?.status === 503)
  const second = await runTwentyAtOnce(repeats.length, i => whileUnavailable(() => repeats[i]?.() as Promise<Answer>))
  const totals = countStatuses([...first.flatMap(answer => (answer && isFinal(answer) ? answer : [])), ...second])
  expect(await countHolds()).toBe(before + (totals[201] ?? 0))
  console.info(
    `${BURST} at once: ${JSON.stringify(counts)}, the API grew by ${Math.round(growth / MEGABYTE)} MB; after the repeats ${JSON.stringify(totals)}`,
  )
})

const isFinal = ({ status }: Answer) => status !== 503

it('slow clients are disconnected and do not delay others', async () => {
  const port = await freePort()
  const ownApi = new ServiceProcess('api', { ...lotkeeper.config, port, clientSeconds: CLIENT_SECONDS })
  await ownApi.start()
  const client = caller(`http://127.0.0.1:${port}`, lotkeeper.keys.kvidai?.admin ?? '')
  const slow = await Promise.all(
    Array.from({ length: 300 }, (_, i) => {
      const head = 'POST /v1/codes/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
      return openSocket(port, i % 2 ? `${head}X-Unfinished: ` : `${head}Content-Length: 100\r\n\r\n{"code":`)
    }),
  )
  expect((await client.get('/v1/operations')).status).toBe(200)
  await Promise.all(slow.map(socket => (socket.closed ? null : new Promise(resolve => socket.once('close', resolve)))))
  expect((await client.get('/v1/operations')).status).toBe(200)
  await ownApi.kill()
})

function openSocket(port: number, bytes: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes)
      socket.resume()
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

it('clients that do not read their export are disconnected and cost little memory', async () => {
  const READERS = 20
  const database = await createDatabase()
  const db = connectDb(database.url, 2, { statementSeconds: 60 })
  await putManyEntries(db, 'kvidai', 'busy', 200_000)
  const { key } = await createKey(db, 'kvidai', { name: 'reader', scope: 'read' })
  const config = { ...lotkeeper.config, databaseUrl: database.url, port: await freePort() }
  const ownApi = new ServiceProcess('api', {
    ...config,
    clientSeconds: CLIENT_SECONDS,
    requestsAtOnce: READERS,
  })
  await ownApi.start()
  const memory = ownApi.memory()
  const reader = caller(`http://127.0.0.1:${config.port}`, key)
  const readers = await Promise.all(
    Array.from(
      { length: READERS },
      () =>
        new Promise<Socket>(resolve => {
          const head = `GET /v1/accounts/busy/entries?format=json HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n\r\n`
          const socket = connect(config.port, '127.0.0.1', () => socket.write(head))
          socket.once('readable', () => resolve(socket))
          socket.on('error', () => undefined)
        }),
    ),
  )
  // All slots are taken; this request succeeds when they are free.
  await waitFor(
    'a free slot for one more request',
    () => reader.get('/v1/operations'),
    ({ status }) => status === 200,
  )
  const growth = ownApi.memory() - memory
  expect(growth).toBeLessThan(400 * MEGABYTE)
  console.info(`${READERS} clients that do not read: the API grew by ${Math.round(growth / MEGABYTE)} MB`)
  for (const socket of readers) socket.destroy()
  await ownApi.kill()
  await db.end()
  await database.drop()
})

it(`${OPEN} open generations need constant memory`, async () => {
  const paths = await createAccounts(20)
  const before = await countHolds()
  const memory = { api: api.memory(), worker: worker.memory() }
  const request = (i: number, key = randomUUID()) =>
    whileUnavailable(() =>
      kvidai.post(`${paths[i % paths.length]}/generations`, { operation: 'text', timeout_seconds: 3_600 }, key),
    )
  const answers = await runTwentyAtOnce(OPEN, request)
  const reserved = answers.filter(({ status }) => status === 201)
  expect(await countHolds()).toBe(before + reserved.length)
  const grown = { api: api.memory() - memory.api, worker: worker.memory() - memory.worker }
  expect(grown.api).toBeLessThan(400 * MEGABYTE)
  expect(grown.worker).toBeLessThan(1_000 * MEGABYTE)
  const settled = await runTwentyAtOnce(20, i =>
    kvidai.post(`/v1/generations/${reserved[i]?.body.id}/complete`, {}, ''),
  )
  expect(countStatuses(settled)).toEqual({ 200: 20 })
  const megabytes = (bytes: number) => Math.round(bytes / MEGABYTE)
  console.info(
    `${reserved.length} open generations: the API grew by ${megabytes(grown.api)} MB, the worker by ${megabytes(grown.worker)} MB`,
  )
})

it('without workers every reservation gets 503 and holds nothing; it recovers by itself', async () => {
  const [path] = await createAccounts(1)
  await worker.kill()
  const before = await countHolds()
  const keys = Array.from({ length: 40 }, () => randomUUID())
  const request = (key: string) => kvidai.post(`${path}/generations`, { operation: 'text' }, key)
  expect(countStatuses(await Promise.all(keys.map(request)))).toEqual({ 503: keys.length })
  expect(await countHolds()).toBe(before)
  expect((await kvidai.get(`${path}/balance`)).body).toMatchObject({ available: 100_000, held: 0 })
  await worker.start()
  const repeats = await Promise.all(keys.map(key => whileUnavailable(() => request(key))))
  expect(countStatuses(repeats)).toEqual({ 201: keys.length })
  expect(await countHolds()).toBe(before + keys.length)
})
