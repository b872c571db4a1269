import { deriveId } from '../../../api/http/route.ts'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'
import { order, placeOrder } from '../../support/stand-ins/stripe-purchase.ts'
import { createUnlinkedPayment } from '../../support/stand-ins/stripe-unlinked-payment.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe
let stripe: StripeStandIn

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  stripe = run.stripe
})
afterEach(() => {
  stripe.setDown(false)
  stripe.payments.declineRefunds(null)
})
afterAll(() => run?.stop())

const pack = { pack: 'credits', quantity: 1 }

it('KV-11 Stripe opens a page with the Korean ways to pay, and its signed event brings the credits', async () => {
  const bought = await order(run, 'kvidai', pack)
  expect(await bought.show()).toMatchObject({
    state: 'awaiting_payment',
    checkout_url: `https://checkout.stripe.com/c/pay/${bought.session}`,
    credits: 100,
    lots: [],
  })
  expect(stripe.payments.object(bought.session)).toMatchObject({
    allowed_payment_method_types: ['kr_card', 'kakao_pay', 'naver_pay', 'payco', 'samsung_pay'],
    amount_total: 9900,
    currency: 'krw',
    client_reference_id: bought.id,
    metadata: { purchase: bought.id, product: 'kvidai' },
  })
  const chosen = await order(run, 'kvidai', { ...pack, payment_method: 'kakao_pay' })
  expect(stripe.payments.object(chosen.session)).toMatchObject({ allowed_payment_method_types: ['kakao_pay'] })
  bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({
    state: 'fulfilled',
    checkout_url: null,
    message: 'Your credits have been added.',
    lots: [{ granted: 100, source: 'purchased', origin: { type: 'purchase', id: bought.id } }],
  })
  expect(await bought.time.entries()).toEqual(['2027-01-31T09:00:00 100 purchased: issued → available'])
  expect((await bought.caller.get(`/v1/purchases?reference=${bought.session}`)).body.data).toMatchObject([
    { id: bought.id },
  ])
})

it('an unpaid session grants nothing until the money arrives', async () => {
  const bought = await order(run, 'kvidai', pack)
  stripe.payments.pay(bought.session, { later: true })
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment', lots: [] })
  bought.pay()
  await bought.deliverEvent('checkout.session.async_payment_succeeded')
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', lots: [{ granted: 100 }] })
})

it('a failed payment and an expired page grant nothing', async () => {
  const failing = await order(run, 'kvidai', pack)
  stripe.payments.pay(failing.session, { later: true })
  await failing.deliverEvent('checkout.session.async_payment_failed')
  expect(await failing.show()).toMatchObject({ state: 'failed', lots: [] })
  const leaving = await order(run, 'kvidai', pack)
  stripe.payments.expire(leaving.session)
  await leaving.deliverEvent('checkout.session.expired')
  expect(await leaving.show()).toMatchObject({ state: 'expired', lots: [] })
})

it('while Stripe is unreachable there is no page; it is opened later', async () => {
  stripe.setDown(true)
  const bought = await placeOrder(run, 'kvidai', pack)
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment', checkout_url: null })
  stripe.setDown(false)
  const { checkout_url } = await waitFor('a checkout page', bought.show, shown => shown.checkout_url !== null)
  expect(checkout_url).toMatch(/^https:/)
  expect(stripe.payments.sessions().filter(session => session.client_reference_id === bought.id)).toHaveLength(1)
})

it('a payment whose metadata name the account and the pack makes a purchase', async () => {
  const { time, session, deliverEvent, purchases } = await createUnlinkedPayment(run, account => ({
    account,
    pack: 'credits',
  }))
  await deliverEvent('checkout.session.completed', session)
  await deliverEvent('checkout.session.completed', session)
  expect(await purchases()).toMatchObject([{ pack: 'credits', state: 'fulfilled', lots: [{ granted: 100 }] }])
  expect(await time.balance()).toMatchObject({ available: 100 })
})

it('an event that arrives before its purchase is stored waits for it', async () => {
  const { time } = await order(run, 'kvidai', pack)
  const account = time.path.split('/').at(-1) ?? ''
  const id = deriveId('pur', accountKey('kvidai', account), 'order-1')
  const session = {
    id: `cs_test_${id}`,
    object: 'checkout.session',
    mode: 'payment',
    status: 'complete',
    payment_status: 'paid',
    payment_intent: `pi_${id}`,
    client_reference_id: id,
    amount_total: 9900,
    currency: 'krw',
    metadata: { purchase: id },
  }
  const event = stripe.event('checkout.session.completed', session.id, { data: { object: session } })
  await run.deliver(event, { product: 'kvidai' })
  expect(await time.balance()).toMatchObject({ available: 0 })
  const bought = await time.caller.post(`${time.path}/purchases`, { ...pack, provider: 'stripe' }, 'order-1')
  expect(bought.body).toMatchObject({ id, state: 'fulfilled', lots: [{ granted: 100 }] })
  await run.deliver(event, { product: 'kvidai' })
  expect(await time.balance()).toMatchObject({ available: 100 })
})

it('a payment below the price grants nothing and raises attention', async () => {
  const bought = await order(run, 'kvidai', pack)
  bought.pay()
  const event = stripe.event('checkout.session.completed', bought.session)
  Object.assign(event.data.object, { amount_total: 99 })
  await run.deliver(event, { product: 'kvidai' })
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment', needs_attention: true, lots: [] })
})
