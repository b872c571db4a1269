import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'
import { waitFor } from '../../support/wait-for.ts'

// Polling of sales whose ping was lost.

let run: LotkeeperWithGumroad
let connection: Connection
let pollGumroad: () => Promise<object>

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
const sell = (pack: string, email: string, price: number, fields: object = {}) =>
  run.gumroad.sell(pack, email, price, { created_at: hoursAgo(1), ...fields })
const purchasesOf = async (sale: string) =>
  run.ok(await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`)).data

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
  connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  const { workflow } = new Client({ connection })
  pollGumroad = () =>
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

it('a poll finds a sale whose ping was lost, and it pays its purchase', async () => {
  const buyer = await run.account()
  const order = { pack: 'pro', buyer_email: buyer.email }
  const unpaid = run.ok(await run.myai.post(`${buyer.path}/purchases`, order))
  const sale = sell('pro', buyer.email, 1999)
  await pollGumroad()
  expect(await run.emails(buyer.email, 1)).toHaveLength(1)
  expect(await run.purchase(unpaid.id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  await pollGumroad()
  await run.ping(sale, { 'url_params[purchase]': unpaid.id })
  expect(await purchasesOf(sale)).toMatchObject([{ id: unpaid.id }])
  expect(await run.emails(buyer.email)).toHaveLength(1)
})

it('a sale without a purchase creates one, and all pages of sales are read', async () => {
  const emails = Array.from({ length: 23 }, () => `${randomUUID()}@example.org`)
  for (const email of emails) sell('starter', email, 499)
  await pollGumroad()
  for (const email of emails) expect(await run.emails(email, 1)).toHaveLength(1)
})

it('a poll finds a refund whose ping was lost, and it invalidates the code', async () => {
  const { id, sale } = await run.buy('starter', 499)
  run.gumroad.change(sale, { created_at: hoursAgo(2), refunded: true })
  await pollGumroad()
  await waitFor('the refund', async () => (await run.purchase(id)).state === 'refunded')
  expect(await run.purchase(id)).toMatchObject({ state: 'refunded', code: { status: 'refunded' } })
})

it('a poll ignores old sales and recent ones whose ping may still arrive, and an outage is retried', async () => {
  const oldSale = sell('starter', 'before@example.org', 499, { created_at: hoursAgo(60) })
  const recentSale = sell('starter', 'fresh@example.org', 499, { created_at: new Date().toISOString() })
  run.gumroad.setDown(true)
  await pollGumroad()
  run.gumroad.setDown(false)
  await pollGumroad()
  expect(await purchasesOf(oldSale)).toEqual([])
  expect(await purchasesOf(recentSale)).toEqual([])
})
