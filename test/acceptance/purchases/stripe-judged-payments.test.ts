import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'
import { wireId } from '../../support/stand-ins/stripe-payments.ts'
import { order, orderPaid } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

// Payments of a wrong amount or currency, and refunds and disputes that are reversed.

let run: LotkeeperWithStripe
let stripe: StripeStandIn

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  stripe = run.stripe
})
afterAll(() => run?.stop())

const pack = { pack: 'credits', quantity: 1 }

it('payments of another currency or too little grant nothing; a payment of the price does', async () => {
  const { id, time, show, session } = await order(run, 'kvidai', pack)
  const deliverPayment = (amount_total: number, currency: string) => {
    const object = {
      ...stripe.payments.object(session),
      id: wireId('cs_test'),
      amount_total,
      currency,
      payment_intent: wireId('pi'),
      payment_status: 'paid',
      status: 'complete',
    }
    return run.deliver(stripe.event('checkout.session.completed', object.id, { data: { object } }), {
      product: 'kvidai',
    })
  }
  await deliverPayment(12_900, 'usd')
  await deliverPayment(50, 'krw')
  expect(await show()).toMatchObject({ id, state: 'awaiting_payment', needs_attention: true, lots: [] })
  await deliverPayment(9_900, 'krw')
  await deliverPayment(9_900, 'krw')
  expect(await show()).toMatchObject({ state: 'fulfilled', needs_attention: true, lots: [{ granted: 100 }] })
  expect(await time.balance()).toMatchObject({ available: 100 })
})

it('a purchase that was paid twice keeps its credits when one payment is refunded', async () => {
  const bought = await order(run, 'kvidai', pack)
  const charge = bought.pay()
  await bought.deliverEvent('charge.succeeded', charge)
  const secondCharge = { ...stripe.payments.object(charge), id: wireId('ch'), payment_intent: wireId('pi') }
  const deliverObject = (type: string, object: { id: string }) =>
    run.deliver(stripe.event(type, object.id, { data: { object } }), { product: 'kvidai' })
  await deliverObject('charge.succeeded', secondCharge)
  await waitFor('attention', bought.show, shown => shown.needs_attention)
  expect(await bought.show()).toMatchObject({ state: 'fulfilled' })
  await deliverObject('charge.refunded', { ...secondCharge, amount_refunded: 9_900 } as typeof secondCharge)
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', needs_attention: false })
  expect(await bought.time.balance()).toMatchObject({ available: 100 })
  stripe.payments.refundFromDashboard(charge, 9_900)
  await bought.deliverEvent('charge.refunded', charge)
  expect(await bought.show()).toMatchObject({ state: 'refunded', lots: [{ available: 0, revoked: 100 }] })
})

it('a refund that fails later restores the credits and raises attention', async () => {
  for (const type of ['refund.failed', 'charge.refund.updated', 'charge.refunded']) {
    const bought = await orderPaid(run, 'kvidai', pack)
    await bought.post('refund', { reason: 'not needed' })
    await bought.deliverEvent('charge.refunded', bought.charge)
    expect(await bought.show()).toMatchObject({ state: 'refunded', lots: [{ available: 0, revoked: 100 }] })
    const failed = stripe.payments.failRefund(bought.charge)
    const objectId = type === 'charge.refunded' ? bought.charge : failed
    const created = Math.floor(Date.now() / 1000) + 60
    await run.deliver(stripe.event(type, objectId, { created }), { product: 'kvidai' })
    expect(await bought.show()).toMatchObject({
      state: 'fulfilled',
      needs_attention: true,
      refund: { state: 'failed' },
      lots: [{ available: 100, revoked: 0 }],
    })
  }
})

it('KV-07 credits that were held during a refund can be refunded after their release', async () => {
  const { time, caller, post, show } = await orderPaid(run, 'kvidai', pack)
  const held = await caller.post(`${time.path}/generations`, { operation: 'image', outputs: 15 })
  expect((await post('refund', { reason: 'not needed' })).body).toMatchObject({ refund: { credits: 70 } })
  await caller.post(`/v1/generations/${held.body.id}/cancel`)
  expect((await post('refund', { reason: 'the rest' })).body).toMatchObject({
    state: 'refunded',
    refund: { credits: 30, amount: 2970 },
  })
  expect(await show()).toMatchObject({ lots: [{ available: 0, revoked: 100 }] })
})

it('a prevented dispute revokes the credits when the money is withdrawn, and restores them when it is reinstated', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  const dispute = stripe.payments.dispute(bought.charge)
  const card = { brand: 'visa', case_type: 'resolution' }
  stripe.payments.changeDispute(dispute, {
    status: 'prevented',
    payment_method_details: { type: 'card', card },
  })
  await bought.deliverEvent('charge.dispute.created', dispute)
  expect(await bought.show()).toMatchObject({ state: 'disputed', lots: [{ available: 0, revoked: 100 }] })
  await bought.deliverEvent('charge.dispute.funds_reinstated', dispute)
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', lots: [{ available: 100 }] })
})
