import { randomUUID } from 'node:crypto'
import type { Answer } from '../support/clients/caller.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { ServiceProcess } from '../support/servers/service-process.ts'
import { type Receiver, startReceiver } from '../support/stand-ins/webhook-receiver.ts'
import { waitFor } from '../support/wait-for.ts'

let lotkeeper: Lotkeeper
let receiver: Receiver
let worker: ServiceProcess

beforeAll(async () => {
  receiver = await startReceiver()
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' }, { runsWorker: false })
  worker = new ServiceProcess('worker', lotkeeper.config)
})
afterAll(async () => {
  await worker?.kill()
  await lotkeeper?.stop()
  await receiver?.stop()
})

const ok = (answer: Answer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const GRANTS = 120

it('a worker that is killed while it delivers events leaves none undelivered', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { id } = ok(await kvidai.post('/v1/webhook-endpoints', { url: receiver.url, events: ['credits.granted'] }))
  const path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, {})
  const lots = new Set<string>()
  for (let amount = 1; amount <= GRANTS; amount++)
    lots.add(ok(await kvidai.post(`${path}/grants`, { source: 'purchased', amount, reason: 'test' })).id)

  // Killed during a batch: its unsent events remain.
  await worker.start()
  await receiver.waitFor(25)
  await worker.kill()
  await worker.start()
  const distinct = () => new Map(receiver.received.map(({ id, text }) => [id, text]))
  await waitFor('all events', () => distinct().size === GRANTS)
  const texts = new Set(receiver.received.map(({ id, text }) => `${id} ${text}`))
  expect(texts.size).toBe(GRANTS)
  expect(new Set(receiver.received.map(({ body }) => body.data.lot))).toEqual(lots)
  const pending = async () => ok(await kvidai.get(`/v1/webhook-endpoints/${id}/deliveries?state=pending`)).data.length
  await waitFor('no pending deliveries', pending, left => left === 0)
  const { rows } = await lotkeeper.db.query(
    `select (select count(*)::int from webhook_events) as events, count(*)::int as deliveries from webhook_deliveries where state = 'delivered'`,
  )
  expect(rows).toEqual([{ events: GRANTS, deliveries: GRANTS }])
}, 120_000)
