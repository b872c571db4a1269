import { randomUUID } from 'node:crypto'
import { sendPing } from '../../support/stand-ins/gumroad.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'

let run: LotkeeperWithGumroad

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
})
afterAll(() => run?.stop())

const newAddress = () => `${randomUUID()}@example.org`
const purchaseOf = async (sale: string) =>
  (await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`)).body.data

it('a sale that names its purchase pays it: the code is issued and emailed once, however often the ping is repeated', async () => {
  const { id, sale, email, bought } = await run.buy('starter', 499)
  expect(bought).toMatchObject({ state: 'awaiting_payment', provider: 'gumroad', amount: 499, code: null })
  expect(bought.checkout_url).toBe(`https://myai.gumroad.com/l/starter?wanted=true&purchase=${id}`)
  const pings = Array.from({ length: 5 }, () => run.ping(sale, { 'url_params[purchase]': id }))
  expect((await Promise.all(pings)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(await run.purchase(id)).toMatchObject({
    state: 'fulfilled',
    code: { status: 'valid', issue: 1, sent: true },
  })
  expect(await run.emails(email, 1)).toHaveLength(1)
  expect(await purchaseOf(sale)).toMatchObject([{ id }])
})

it('a sale that names no purchase creates one, for the account with the address or a new one', async () => {
  const known = await run.account({ email: 'known@example.org' })
  const sale = run.gumroad.sell('pro', 'Known@example.org', 1999)
  expect(await run.ping(sale)).toMatchObject({ status: 200, body: { received: true } })
  expect(await purchaseOf(sale)).toMatchObject([{ account: known.name, state: 'fulfilled', credits: 25 }])
  const email = newAddress()
  const other = run.gumroad.sell('popular', email, 899)
  await run.ping(other)
  await run.ping(other)
  expect(await purchaseOf(other)).toMatchObject([{ state: 'fulfilled', credits: 10 }])
  expect(await run.redeem(known.path, await run.emailedCode(email))).toMatchObject({ status: 201 })
})

it('an unverified ping grants nothing', async () => {
  const email = newAddress()
  const sale = run.gumroad.sell('power', email, 2999)
  const form = run.gumroad.ping(sale)
  const url = `${run.lotkeeper.url}/webhooks/gumroad/myai`
  expect(await sendPing(url, form)).toMatchObject({ status: 401 })
  expect(await sendPing(`${url}?secret=guessed`, form)).toMatchObject({ status: 401 })
  form.set('sale_id', 'made-up==')
  expect(await sendPing(run.webhook, form)).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'sale_id' }] },
  })
  expect(await sendPing(run.webhook, new URLSearchParams({ price: '499' }))).toMatchObject({ status: 422 })
  expect(await sendPing(run.webhook.replace('myai', 'nobody'), form)).toMatchObject({ status: 404 })
  expect(await purchaseOf(sale)).toEqual([])
  expect(await run.emails(email)).toEqual([])
})

it('pack and price come from the sale at Gumroad, not from the ping', async () => {
  const email = newAddress()
  const sale = run.gumroad.sell('starter', email, 499)
  await run.ping(sale, {
    permalink: 'power',
    product_permalink: 'https://myai.gumroad.com/l/power',
    price: '1',
  })
  expect(await purchaseOf(sale)).toMatchObject([{ pack: 'starter', credits: 5, state: 'fulfilled' }])
})

it('a payment below the price raises attention; the price of a smaller pack does not buy a larger one', async () => {
  const buyer = await run.account()
  const order = { pack: 'power', buyer_email: buyer.email }
  const { body: bought } = await run.myai.post(`${buyer.path}/purchases`, order)
  const small = run.gumroad.sell('starter', buyer.email, 499)
  await run.ping(small, { 'url_params[purchase]': bought.id })
  expect(await run.purchase(bought.id)).toMatchObject({ state: 'awaiting_payment' })
  expect(await purchaseOf(small)).toMatchObject([{ pack: 'starter', state: 'fulfilled' }])
  const cheap = run.gumroad.sell('power', buyer.email, 100)
  await run.ping(cheap, { 'url_params[purchase]': bought.id })
  expect(await run.purchase(bought.id)).toMatchObject({ state: 'awaiting_payment', needs_attention: true })
})

it('a sale on a page that the policy does not name pays no purchase and raises attention', async () => {
  const buyer = await run.account()
  const order = { pack: 'starter', buyer_email: buyer.email }
  const { body: bought } = await run.myai.post(`${buyer.path}/purchases`, order)
  const sale = run.gumroad.sell('spring-sale', buyer.email, 499)
  await run.ping(sale, { 'url_params[purchase]': bought.id })
  expect(await run.purchase(bought.id)).toMatchObject({ state: 'awaiting_payment', needs_attention: true })
})

it.each([
  ['an empty purchase', { 'url_params[purchase]': '' }],
  ['a long purchase', { 'url_params[purchase]': 'x'.repeat(300) }],
  ['odd numbers', { price: '4.99', quantity: 'two' }],
])('a ping with %s is accepted, since the sale counts', async (_what, fields) => {
  const sale = run.gumroad.sell('starter', newAddress(), 499)
  expect(await run.ping(sale, fields)).toMatchObject({ status: 200 })
  expect(await purchaseOf(sale)).toMatchObject([{ pack: 'starter', state: 'fulfilled' }])
})

it('two sales for one purchase give two codes', async () => {
  const { id, email } = await run.buy('starter', 499)
  const second = run.gumroad.sell('starter', email, 499)
  await run.ping(second, { 'url_params[purchase]': id })
  expect(await purchaseOf(second)).toMatchObject([{ state: 'fulfilled', code: { status: 'valid' } }])
  expect((await purchaseOf(second))[0].id).not.toBe(id)
  expect(await run.emails(email, 2)).toHaveLength(2)
})

it('a refund and a chargeback at Gumroad invalidate the code; a won dispute makes it valid again', async () => {
  const refunded = await run.buy('starter', 499)
  run.gumroad.change(refunded.sale, { refunded: true })
  await run.ping(refunded.sale)
  expect(await run.purchase(refunded.id)).toMatchObject({ state: 'refunded', code: { status: 'refunded' } })
  const disputed = await run.buy('starter', 499)
  run.gumroad.change(disputed.sale, { disputed: true, chargedback: true })
  await run.ping(disputed.sale)
  expect(await run.purchase(disputed.id)).toMatchObject({ state: 'disputed', code: { status: 'refunded' } })
  run.gumroad.change(disputed.sale, { dispute_won: true })
  await run.ping(disputed.sale)
  expect(await run.purchase(disputed.id)).toMatchObject({ state: 'fulfilled', code: { status: 'valid' } })
  const redeemer = await run.account()
  expect(await run.redeem(redeemer.path, await run.emailedCode(disputed.email))).toMatchObject({ status: 201 })
})

it('a chargeback of a redeemed code revokes the credits of the redeeming account; spent ones become debt', async () => {
  const { sale, email } = await run.buy('starter', 499)
  const redeemer = await run.account()
  await run.redeem(redeemer.path, await run.emailedCode(email))
  await run.myai.post(`${redeemer.path}/charges`, { operation: 'portrait', outputs: 2 })
  run.gumroad.change(sale, { disputed: true })
  await run.ping(sale)
  const { body: balance } = await run.myai.get(`${redeemer.path}/balance`)
  expect(balance).toMatchObject({ available: 0, debt: 2 })
  run.gumroad.change(sale, { dispute_won: true })
  await run.ping(sale)
  const { body: after } = await run.myai.get(`${redeemer.path}/balance`)
  expect(after).toMatchObject({ available: 3, debt: 0 })
})

it('a sale that is refunded before its first ping sends no code', async () => {
  const email = newAddress()
  const sale = run.gumroad.sell('starter', email, 499, { refunded: true })
  await run.ping(sale)
  expect(await purchaseOf(sale)).toMatchObject([{ state: 'refunded', code: { status: 'refunded' } }])
  expect(await run.emails(email)).toEqual([])
})

it('a foreign sale is stored and answered; while Gumroad is unreachable pings get 503', async () => {
  const other = run.gumroad.sell('a-poster', newAddress(), 1200)
  expect(await run.ping(other)).toMatchObject({ status: 200 })
  const { rows } = await run.lotkeeper.db.query('select outcome from gumroad_sales where sale = $1', [other])
  expect(rows).toEqual([{ outcome: 'other_product' }])
  const sale = run.gumroad.sell('starter', newAddress(), 499)
  run.gumroad.setDown(true)
  expect(await run.ping(sale)).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } })
  run.gumroad.setDown(false)
  expect(await run.ping(sale)).toMatchObject({ status: 200 })
  expect(await purchaseOf(sale)).toMatchObject([{ state: 'fulfilled' }])
})

it('a gift bought at Gumroad goes to its recipient', async () => {
  const giver = newAddress()
  const recipient = newAddress()
  const sentGift = run.gumroad.sell('starter', giver, 499, { is_gift_sender_purchase: true })
  const receivedGift = run.gumroad.sell('starter', recipient, 0, { is_gift_receiver_purchase: true })
  await run.ping(sentGift)
  await run.ping(receivedGift, { gifter_email: giver, gift_price: '499' })
  expect(await run.emails(giver)).toEqual([])
  const [email] = await run.emails(recipient, 1)
  expect(email?.text).toMatch(/^A gift for you\n.*You received a gift: 5 credits for MyAI\./s)
  // Gumroad marks both sales of a gift that it refunds.
  for (const sale of [sentGift, receivedGift]) run.gumroad.change(sale, { refunded: true })
  await run.ping(receivedGift, { gift_price: '499', resource_name: 'refund' })
  expect(await purchaseOf(receivedGift)).toMatchObject([{ state: 'refunded', code: { status: 'refunded' } }])
})

/** The two sales of a gift. Gumroad's ping of a refund or dispute is about the giver's. */
async function give(fields: object = {}) {
  const [giver, recipient] = [newAddress(), newAddress()]
  const both = { gifter_email: giver, giftee_email: recipient }
  const sent = run.gumroad.sell('starter', giver, 499, { ...both, ...fields, is_gift_sender_purchase: true })
  const received = run.gumroad.sell('starter', recipient, 0, { ...both, ...fields, is_gift_receiver_purchase: true })
  await run.ping(received, { gift_price: '499' })
  expect(await purchaseOf(received)).toMatchObject([{ state: 'fulfilled', code: { status: 'valid' } }])
  return { sent, received, both }
}

it("a dispute or refund of the giver's sale alone takes the code of the recipient, and a won dispute gives it back", async () => {
  const { sent, received } = await give()
  run.gumroad.change(sent, { disputed: true, chargedback: true })
  await run.ping(sent, { resource_name: 'dispute' })
  expect(await purchaseOf(received)).toMatchObject([{ state: 'disputed', code: { status: 'refunded' } }])
  run.gumroad.change(sent, { dispute_won: true, chargedback: false })
  await run.ping(sent, { resource_name: 'dispute_won' })
  expect(await purchaseOf(received)).toMatchObject([{ state: 'fulfilled', code: { status: 'valid' } }])
  run.gumroad.change(sent, { refunded: true })
  await run.ping(sent, { resource_name: 'refund' })
  expect(await purchaseOf(received)).toMatchObject([{ state: 'refunded', needs_attention: false }])
})

it("a dispute of a giver's sale whose recipient cannot be told is kept for a person", async () => {
  const { sent, received, both } = await give()
  run.gumroad.sell('starter', both.giftee_email, 0, { ...both, is_gift_receiver_purchase: true })
  run.gumroad.change(sent, { disputed: true })
  for (const _ of [1, 2]) expect(await run.ping(sent, { resource_name: 'dispute' })).toMatchObject({ status: 200 })
  expect(await purchaseOf(received)).toMatchObject([{ state: 'fulfilled' }])
  const { data } = run.ok(await run.myai.get('/v1/unassigned-payments?limit=100'))
  expect(data.filter(({ id }: { id: string }) => id === sent)).toMatchObject([{ amount: 499, currency: 'USD' }])
})

it.each([
  ['€', 'eur'],
  ['A$', undefined],
])(
  'a sale of a product priced in %s grants nothing, though its US cents would fit',
  async (currency_symbol, currency) => {
    const foreign = { currency_symbol, currency, amount_refundable_in_currency: '4.59' }
    const sale = run.gumroad.sell('starter', newAddress(), 499, foreign)
    await run.ping(sale)
    expect(await purchaseOf(sale)).toMatchObject([{ state: 'awaiting_payment', needs_attention: true }])
    run.gumroad.change(sale, { refunded: true })
    await run.ping(sale)
    expect(await purchaseOf(sale)).toMatchObject([{ needs_attention: false }])
  },
)

it('the page of a product is asked for once, however many sales it has', async () => {
  await run.ping(run.gumroad.sell('lifetime', newAddress(), 19_900))
  const before = run.gumroad.productReads()
  await Promise.all([1, 2, 3].map(() => run.ping(run.gumroad.sell('lifetime', newAddress(), 19_900))))
  expect(run.gumroad.productReads()).toBe(before)
})

it('a gift is judged by the price that the giver paid, and grants nothing without one', async () => {
  const recipient = newAddress()
  const buyer = await run.account()
  const order = { pack: 'power', buyer_email: buyer.email }
  const { body: bought } = await run.myai.post(`${buyer.path}/purchases`, order)
  const gift = (pack: string) => run.gumroad.sell(pack, recipient, 0, { is_gift_receiver_purchase: true })
  await run.ping(gift('power'), { 'url_params[purchase]': bought.id, gift_price: '1' })
  const unknown = gift('starter')
  await run.ping(unknown)
  for (const purchase of [await run.purchase(bought.id), (await purchaseOf(unknown))[0]])
    expect(purchase).toMatchObject({ state: 'awaiting_payment', needs_attention: true })
})

it('without a token a refund or dispute of an unknown sale is kept, and so opens no purchase; the sale still may', async () => {
  const live = await startLotkeeperWithGumroad({ GUMROAD_TOKEN: '' })
  const sell = () => live.gumroad.sell('starter', newAddress(), 499)
  const states = async (sale: string) =>
    live
      .ok(await live.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`))
      .data.map(({ state }: { state: string }) => state)
  const kept = async () =>
    live.ok(await live.myai.get('/v1/unassigned-payments')).data.map(({ id }: { id: string }) => id)
  const forms: Record<string, string>[] = [
    { resource_name: 'refund', refunded: 'true' },
    { resource_name: 'refund' },
    { resource_name: 'dispute', disputed: 'true' },
    { resource_name: 'dispute_won', disputed: 'true', dispute_won: 'true' },
  ]
  const sales = forms.map(sell)
  for (const [i, form] of forms.entries()) {
    expect(await live.ping(sales[i] as string, form)).toMatchObject({ status: 200 })
    expect(await live.ping(sales[i] as string, form)).toMatchObject({ status: 200 })
  }
  expect(await Promise.all(sales.map(states))).toEqual(forms.map(() => []))
  expect((await kept()).sort()).toEqual([...sales].sort())
  await live.ping(sales[0] as string)
  expect(await states(sales[0] as string)).toEqual(['refunded'])
  expect(await kept()).not.toContain(sales[0])
  const preorder = sell()
  expect(await live.ping(preorder, { is_preorder_authorization: 'true' })).toMatchObject({ status: 200 })
  expect(await states(preorder)).toEqual([])
  await live.stop()
})

it('without a token the secret verifies a ping, and production refuses a test sale', async () => {
  const live = await startLotkeeperWithGumroad({
    GUMROAD_TOKEN: '',
    NODE_ENV: 'production',
    SMTP_URL: 'smtp://127.0.0.1:1',
  })
  const sale = live.gumroad.sell('starter', newAddress(), 499)
  expect(await live.ping(sale, { test: 'true' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'test' }] },
  })
  expect(await live.ping(sale)).toMatchObject({ status: 200 })
  const { body } = await live.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`)
  expect(body.data).toMatchObject([{ state: 'fulfilled', code: { status: 'valid', sent: false } }])
  await live.stop()
})
