import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'
import { waitFor } from '../../support/wait-for.ts'

// Sales without a ping.

let run: LotkeeperWithGumroad
let connection: Connection
let ask: () => Promise<object>

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
const sold = (pack: string, email: string, price: number, fields: object = {}) =>
  run.gumroad.sell(pack, email, price, { created_at: hoursAgo(1), ...fields })
const purchasesOf = async (sale: string) =>
  run.ok(await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`)).data

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
  connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  const { workflow } = new Client({ connection })
  ask = () =>
    workflow.execute('gumroadSales', {
      workflowId: `gumroad-sales/${randomUUID()}`,
      taskQueue: run.lotkeeper.taskQueue,
      args: [{ product: 'myai', since: hoursAgo(48) }],
    })
})
afterAll(async () => {
  await connection?.close()
  await run?.stop()
})

it('a sale whose ping was lost is found, and pays its purchase', async () => {
  const buyer = await run.account()
  const order = { pack: 'pro', buyer_email: buyer.email }
  const waiting = run.ok(await run.myai.post(`${buyer.path}/purchases`, order))
  const sale = sold('pro', buyer.email, 1999)
  await ask()
  expect(await run.emails(buyer.email, 1)).toHaveLength(1)
  expect(await run.purchase(waiting.id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  await ask()
  await run.ping(sale, { 'url_params[purchase]': waiting.id })
  expect(await purchasesOf(sale)).toMatchObject([{ id: waiting.id }])
  expect(await run.emails(buyer.email)).toHaveLength(1)
})

it('a sale without a purchase makes one; many sales are read page by page', async () => {
  const emails = Array.from({ length: 23 }, () => `${randomUUID()}@example.org`)
  for (const email of emails) sold('starter', email, 499)
  await ask()
  for (const email of emails) expect(await run.emails(email, 1)).toHaveLength(1)
})

it('a refund without a ping invalidates the code', async () => {
  const { id, sale } = await run.buy('starter', 499)
  run.gumroad.change(sale, { created_at: hoursAgo(2), refunded: true })
  await ask()
  await waitFor('the refund', async () => (await run.purchase(id)).state === 'refunded')
  expect(await run.purchase(id)).toMatchObject({ state: 'refunded', code: { status: 'refunded' } })
})

it('old sales, and recent ones whose ping may still come, are ignored; an outage is retried', async () => {
  const before = sold('starter', 'before@example.org', 499, { created_at: hoursAgo(60) })
  const fresh = sold('starter', 'fresh@example.org', 499, { created_at: new Date().toISOString() })
  run.gumroad.setDown(true)
  await ask()
  run.gumroad.setDown(false)
  await ask()
  expect(await purchasesOf(before)).toEqual([])
  expect(await purchasesOf(fresh)).toEqual([])
})
