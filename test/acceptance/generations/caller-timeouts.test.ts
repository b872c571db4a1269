import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { startWorker } from '../../../worker/start.ts'
import { callerTimedOutSignal } from '../../../workflows/contract/messages.ts'
import { whileUnavailable } from '../../support/clients/retries.ts'
import { type FaultProxy, startFaultProxy } from '../../support/network/fault-proxy.ts'
import { temporalAddress, workflowBundle } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let proxy: FaultProxy
let stopWorker: () => Promise<void>

const startTestWorker = async () => {
  const config = { ...lotkeeper.config, temporalAddress: temporalAddress() }
  stopWorker = (await startWorker(config, { workflowCode: await workflowBundle() })).stop
}

// Only the API uses the proxy; the worker is connected directly.
beforeAll(async () => {
  const overrideAddresses = async ({ databaseUrl }: { databaseUrl: string }) => {
    proxy = await startFaultProxy(temporalAddress())
    return { databaseUrl, temporalAddress: proxy.host }
  }
  lotkeeper = await startLotkeeper({}, { overrideAddresses, runsWorker: false })
  await startTestWorker()
})
afterAll(async () => {
  await stopWorker?.()
  await lotkeeper?.stop()
  await proxy?.stop()
})

it('a reservation is rolled back when its answer is too late for the caller; the same key reserves again', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const account = `/v1/accounts/${randomUUID()}`
  await kvidai.put(account, {})
  await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'test' })
  const states = async () => (await kvidai.get(`${account}/entries`)).body.data.map((entry: { to: string }) => entry.to)
  const key = randomUUID()
  const reserve = () => kvidai.post(`${account}/generations`, { operation: 'image' }, key)

  await waitFor('readiness', async () => (await kvidai.get('/readyz')).status === 200)
  proxy.holdAnswers()
  expect(await reserve()).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } })
  proxy.releaseAnswers()
  // Newest first: refunded, held, granted.
  const entryStates = await waitFor('the rollback', states, entries => entries.length >= 3)
  expect(entryStates).toEqual(['available', 'held', 'available'])
  expect((await kvidai.get(`${account}/balance`)).body).toMatchObject({ available: 9, held: 0 })

  const reserved = await whileUnavailable(reserve)
  expect(reserved).toMatchObject({ status: 201, body: { held: 2 } })
  const completed = await kvidai.post(`/v1/generations/${reserved.body.id}/complete`, {})
  expect(completed.body).toMatchObject({ state: 'committed', spent: 2 })
})

it('a reservation whose caller timed out before it was made is not made', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const name = randomUUID()
  const account = `/v1/accounts/${name}`
  await kvidai.put(account, {})
  await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'test' })
  const connection = await Connection.connect({ address: temporalAddress() })
  const { workflow } = new Client({ connection })
  const id = randomUUID()

  // The signal arrives before the first workflow task.
  await stopWorker()
  const input = { product: 'kvidai', account: name, id, operation: 'image' }
  const options = { workflowId: `generation/kvidai/${id}`, taskQueue: lotkeeper.taskQueue, args: [input] }
  const handle = await workflow.start('generation', options)
  await handle.signal(callerTimedOutSignal, 'update-1')
  await startTestWorker()
  expect(await handle.result()).toMatchObject({ outcome: 'refused', code: 'temporarily_unavailable' })
  expect((await kvidai.get(`${account}/balance`)).body).toMatchObject({ available: 9, held: 0 })
  await connection.close()
})
