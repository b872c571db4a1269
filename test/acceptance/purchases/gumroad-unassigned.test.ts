import { randomUUID } from 'node:crypto'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'

// A sale that names a purchase of ours, or one that does not exist, on a page that the policy does not list.

let run: LotkeeperWithGumroad

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
})
afterAll(() => run?.stop())

const named = { 'url_params[purchase]': 'pur_unknown' }
const at = (sale: string) => `/v1/unassigned-payments/${encodeURIComponent(sale)}`
const listed = async (sale: string) =>
  run.ok(await run.myai.get('/v1/unassigned-payments?limit=100')).data.filter(({ id }: { id: string }) => id === sale)

async function sell(form: Record<string, string> = named) {
  const buyer = await run.account()
  const sale = run.gumroad.sell('unlisted-page', buyer.email, 1999)
  expect(await run.ping(sale, form)).toMatchObject({ status: 200 })
  return { buyer, sale }
}

it('a sale that names an unknown purchase on an unlisted page is kept and assigned once; its refund takes the code', async () => {
  const { buyer, sale } = await sell()
  expect(await listed(sale)).toMatchObject([{ provider: 'gumroad', amount: 1999, currency: 'USD' }])
  const target = { account: buyer.name, pack: 'pro', reason: 'The page had another name.' }
  await run.myai.put(buyer.path, { email: buyer.email })
  const { id } = run.ok(await run.myai.post(`${at(sale)}/assign`, target, randomUUID()))
  expect(await run.purchase(id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  expect(await listed(sale)).toEqual([])
  await run.ping(sale, named)
  expect(await run.emails(buyer.email, 1)).toHaveLength(1)
  run.gumroad.change(sale, { refunded: true })
  await run.ping(sale, named)
  expect(await run.purchase(id)).toMatchObject({ state: 'refunded', code: { status: 'refunded' } })
})

it('a dismissed sale is ignored from then on', async () => {
  const { sale } = await sell()
  run.ok(await run.myai.post(`${at(sale)}/dismiss`, { reason: 'Refunded by hand.' }))
  await run.ping(sale, named)
  expect(await listed(sale)).toEqual([])
})

it('a sale of another product of the seller is ignored', async () => {
  const { sale } = await sell({})
  expect(await listed(sale)).toEqual([])
})
