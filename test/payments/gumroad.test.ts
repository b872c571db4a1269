import { readPing, saleToPaymentEvent } from '../../payments/gumroad/ping.ts'
import { gumroadFor } from '../../payments/gumroad/sales.ts'
import { startGumroadStandIn } from '../support/stand-ins/gumroad.ts'

// The amounts that Gumroad's API and pings report as refunded.

let gumroad: Awaited<ReturnType<typeof startGumroadStandIn>>

beforeAll(async () => {
  gumroad = await startGumroadStandIn()
})
afterAll(() => gumroad?.stop())

const EUROS = { currency_symbol: '€' }
const GIFT = { is_gift_receiver_purchase: true }

it.each<[string, number, object, number | 'all' | null]>([
  ['nothing', 1_999, {}, 0],
  ['nothing, of which Gumroad can refund nothing', 1_999, { amount_refundable_in_currency: '0' }, 0],
  ['a part', 1_999, { partially_refunded: true, amount_refundable_in_currency: '9.99' }, 1_000],
  ['a part of thousands', 150_000, { partially_refunded: true, amount_refundable_in_currency: '1,000' }, 50_000],
  ['a part with cents', 150_000, { partially_refunded: true, amount_refundable_in_currency: '1,234.50' }, 26_550],
  ['an unreadable part', 1_999, { partially_refunded: true, amount_refundable_in_currency: '9,99 or so' }, null],
  ['a missing part', 1_999, { partially_refunded: true, amount_refundable_in_currency: null }, null],
  ['all', 1_999, { refunded: true }, 1_999],
  ['a gift', 0, { ...GIFT, refunded: true }, 'all'],
  ['an unchanged sale in euros', 1_999, { ...EUROS, amount_refundable_in_currency: '18.50' }, 0],
  ['a part in euros', 1_999, { ...EUROS, partially_refunded: true, amount_refundable_in_currency: '9.25' }, null],
  ['all in euros', 1_999, { ...EUROS, refunded: true }, 'all'],
  ['a part of a gift', 0, { ...GIFT, partially_refunded: true, amount_refundable_in_currency: '0' }, null],
])('a sale of the API with %s refunded', async (_what, price, fields, refunded) => {
  const id = gumroad.sell('pro', 'buyer@example.org', price, fields)
  expect(await gumroadFor({ token: gumroad.token, apiBase: gumroad.url })?.sale(id)).toMatchObject({ refunded })
})

it.each<[string, string, number | 'all' | null | undefined]>([
  ['a sale', 'price=1999', undefined],
  ['a full refund', 'price=1999&refunded=true&resource_name=refund', 1_999],
  ['a full refund without a price', 'refunded=true', 'all'],
  ['a full refund with an unreadable price', 'price=19.99&refunded=true', 'all'],
  ['a full refund of a gift', 'price=0&is_gift_receiver_purchase=true&refunded=true', 'all'],
  ['a partial refund', 'price=1999&refunded=false&resource_name=refund', null],
  ['a full refund in euros', 'price=1999&currency=eur&refunded=true', 'all'],
])('a ping of %s', (_what, form, amount) => {
  expect(saleToPaymentEvent(readPing(`sale_id=s&${form}`).sale).refunded?.amount).toBe(amount)
})
