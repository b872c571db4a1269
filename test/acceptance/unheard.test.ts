import { randomUUID } from 'node:crypto'
import { startWorker } from '../../worker/start.ts'
import { type CuttableLine, startLine } from '../support/cuttable-line.ts'
import { type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'
import { temporalAddress, workflowBundle } from '../support/servers.ts'

let lotkeeper: Lotkeeper
let line: CuttableLine
let stopWorker: () => Promise<void>

// Only the API asks Temporal over the line; the worker hears at once.
beforeAll(async () => {
  const detour = async ({ databaseUrl }: { databaseUrl: string }) => {
    line = await startLine(temporalAddress())
    return { databaseUrl, temporalAddress: line.host }
  }
  lotkeeper = await startLotkeeper({}, detour, undefined, false)
  const config = { ...lotkeeper.config, temporalAddress: temporalAddress() }
  stopWorker = (await startWorker(config, { workflowCode: await workflowBundle() })).stop
})
afterAll(async () => {
  await stopWorker?.()
  await lotkeeper?.stop()
  await line?.stop()
})

it('a reservation whose answer came too late for its caller is undone, and the same key reserves anew', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const account = `/v1/accounts/${randomUUID()}`
  await kvidai.put(account, {})
  await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'test' })
  const states = async () =>
    (await kvidai.get(`${account}/entries`)).body.data.map((entry: { to: string }) => entry.to)
  const key = randomUUID()
  const ask = () => kvidai.post(`${account}/generations`, { operation: 'image' }, key)

  while ((await kvidai.get('/readyz')).status !== 200);
  line.hold()
  expect(await ask()).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } })
  line.release()
  // Newest first: it was held, and came back.
  let seen: string[] = []
  while (seen.length < 3) seen = await states()
  expect(seen).toEqual(['available', 'held', 'available'])
  expect((await kvidai.get(`${account}/balance`)).body).toMatchObject({ available: 9, held: 0 })

  let made = await ask()
  while (made.status === 503) made = await ask()
  expect(made).toMatchObject({ status: 201, body: { held: 2 } })
  const completed = await kvidai.post(`/v1/generations/${made.body.id}/complete`, {})
  expect(completed.body).toMatchObject({ state: 'committed', spent: 2 })
})
