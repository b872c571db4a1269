import { randomUUID } from 'node:crypto'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'
import { waitFor } from '../../support/wait-for.ts'

// Polling of sales whose ping was lost.

let run: LotkeeperWithGumroad
let pollGumroad: () => Promise<object>

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
const sell = (pack: string, email: string, price: number, fields: object = {}) =>
  run.gumroad.sell(pack, email, price, { created_at: hoursAgo(1), ...fields })
const purchasesOf = async (sale: string) =>
  run.ok(await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`)).data

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
  const { workflow } = run.lotkeeper.temporal
  pollGumroad = () =>
    workflow.execute('gumroadSales', {
      workflowId: `gumroad-sales/${randomUUID()}`,
      taskQueue: run.lotkeeper.taskQueue,
      args: [{ product: 'myai', since: hoursAgo(48) }],
    })
})
afterAll(() => run?.stop())

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

it('a sale without an address, or one that cannot be read, does not hide the others', async () => {
  sell('starter', '', 499, { email: null })
  sell('starter', '', 499, { id: null })
  const email = `${randomUUID()}@example.org`
  sell('starter', email, 499)
  await pollGumroad()
  expect(await run.emails(email, 1)).toHaveLength(1)
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

/** The ping of a sale that names a purchase which does not exist. */
const named = { 'url_params[purchase]': 'pur_unknown' }
const unassigned = (sale: string) => `/v1/unassigned-payments/${encodeURIComponent(sale)}`
const listed = async (sale: string) =>
  run.ok(await run.myai.get('/v1/unassigned-payments?limit=100')).data.filter(({ id }: { id: string }) => id === sale)

/** Sells on a page that the policy does not list, and pings. */
async function sellUnlisted(form: Record<string, string> = named) {
  const buyer = await run.account()
  const sale = run.gumroad.sell('unlisted-page', buyer.email, 1999)
  expect(await run.ping(sale, form)).toMatchObject({ status: 200 })
  return { buyer, sale }
}

it('a sale that names an unknown purchase on an unlisted page is kept and assigned once; its refund takes the code', async () => {
  const { buyer, sale } = await sellUnlisted()
  expect(await listed(sale)).toMatchObject([{ provider: 'gumroad', amount: 1999, currency: 'USD' }])
  const target = { account: buyer.name, pack: 'pro', reason: 'The page had another name.' }
  await run.myai.put(buyer.path, { email: buyer.email })
  const { id } = run.ok(await run.myai.post(`${unassigned(sale)}/assign`, target, randomUUID()))
  expect(await run.purchase(id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  expect(await listed(sale)).toEqual([])
  await run.ping(sale, named)
  expect(await run.emails(buyer.email, 1)).toHaveLength(1)
  run.gumroad.change(sale, { refunded: true })
  await run.ping(sale, named)
  expect(await run.purchase(id)).toMatchObject({ state: 'refunded', code: { status: 'refunded' } })
})

it('a dismissed sale is ignored from then on', async () => {
  const { sale } = await sellUnlisted()
  run.ok(await run.myai.post(`${unassigned(sale)}/dismiss`, { reason: 'Refunded by hand.' }))
  await run.ping(sale, named)
  expect(await listed(sale)).toEqual([])
})

it('a sale of another product of the seller is ignored', async () => {
  const { sale } = await sellUnlisted({})
  expect(await listed(sale)).toEqual([])
})
