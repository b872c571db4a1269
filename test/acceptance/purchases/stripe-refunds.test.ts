import { randomUUID } from 'node:crypto'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'
import { order, orderPaid } from '../../support/stand-ins/stripe-purchase.ts'
import { createUnlinkedPayment } from '../../support/stand-ins/stripe-unlinked-payment.ts'

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
const eventsOf = ({ timeline }: { timeline: { what: string }[] }) => timeline.map(({ what }) => what)

it('a payment without the pack in its metadata creates no purchase, even when it has the price of one', async () => {
  const { time, session, charge, deliverEvent, purchases } = await createUnlinkedPayment(run, account => ({ account }))
  await deliverEvent('charge.succeeded', charge)
  await deliverEvent('checkout.session.completed', session)
  await deliverEvent('charge.refunded', { ...charge, amount_refunded: 9900 } as typeof charge)
  expect(await purchases()).toEqual([])
  expect(await time.balance()).toMatchObject({ available: 0 })
})

it('concurrent events of one payment create one purchase', async () => {
  const { time, session, charge, deliverEvent, purchases } = await createUnlinkedPayment(run, account => ({
    account,
    pack: 'credits',
  }))
  await Promise.all([
    deliverEvent('charge.succeeded', charge),
    deliverEvent('checkout.session.completed', session),
    deliverEvent('charge.succeeded', charge),
  ])
  expect(await purchases()).toMatchObject([{ state: 'fulfilled', needs_attention: false }])
  expect(await time.balance()).toMatchObject({ available: 100 })
})

it('KV-07 the unused part is refunded pro rata through Stripe', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  await bought.time.advance('2027-02-05T00:00:00.000Z')
  await bought.caller.post(`${bought.time.path}/charges`, { operation: 'image', outputs: 15 })
  const { status, body } = await bought.post('refund', { reason: 'not needed' })
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { state: 'refunded', refund: { state: 'done', credits: 70, amount: 6930 } },
  })
  expect(stripe.payments.refunds().at(-1)).toMatchObject({ charge: bought.charge, amount: 6930 })
  await bought.deliverEvent('charge.refunded', bought.charge)
  await bought.post('refund', { reason: 'again' })
  expect(await bought.time.balance()).toMatchObject({ available: 0, debt: 0 })
  expect((await bought.show()).lots).toMatchObject([{ granted: 100, spent: 30, revoked: 70 }])
  expect((await bought.time.entries()).at(-1)).toBe('2027-02-05 70 purchased: available → revoked')

  const used = await orderPaid(run, 'kvidai', pack)
  await bought.caller.post(`${used.time.path}/charges`, { operation: 'image', outputs: 50 })
  expect(await used.post('refund', { reason: 'all used' })).toMatchObject({
    status: 409,
    body: { code: 'refund_used' },
  })
  const late = await orderPaid(run, 'kvidai', pack)
  await late.time.advance('2027-02-14T08:59:59.000Z')
  await late.time.advance('2027-02-14T09:00:00.000Z')
  expect(await late.post('refund', { reason: 'too late' })).toMatchObject({
    status: 409,
    body: { code: 'refund_window_passed' },
  })
})

it('a refund that Stripe declines restores the credits and raises attention', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  stripe.payments.declineRefunds('charge_disputed')
  const { body } = await bought.post('refund', { reason: 'declined' })
  expect(body).toMatchObject({ state: 'fulfilled', needs_attention: true, refund: { state: 'failed' } })
  expect(await bought.time.balance()).toMatchObject({ available: 100 })
  stripe.payments.declineRefunds(null)
  expect((await bought.post('refund', { reason: 'again' })).body).toMatchObject({
    state: 'refunded',
    needs_attention: false,
  })
  expect((await bought.show()).lots).toMatchObject([{ available: 0, revoked: 100 }])
})

it('refunds from the Dashboard revoke their part of the credits', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  stripe.payments.refundFromDashboard(bought.charge, 3000)
  await bought.deliverEvent('charge.refunded', bought.charge)
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', lots: [{ available: 70, revoked: 30 }] })
  stripe.payments.refundFromDashboard(bought.charge, 6900)
  await bought.deliverEvent('charge.refunded', bought.charge)
  expect(await bought.show()).toMatchObject({ state: 'refunded', lots: [{ available: 0, revoked: 100 }] })
})

it.each([
  ['refund', 'dispute'],
  ['dispute', 'refund'],
])('a %s and then a %s of spent credits owe what was spent of the disputed money', async (...order) => {
  const { time, caller, deliverEvent, charge } = await orderPaid(run, 'kvidai', pack)
  await caller.post(`${time.path}/charges`, { operation: 'image', outputs: 30 })
  const tell = {
    refund: async () => {
      stripe.payments.refundFromDashboard(charge, 4950)
      await deliverEvent('charge.refunded', charge)
    },
    dispute: () => deliverEvent('charge.dispute.created', stripe.payments.dispute(charge)),
  }
  for (const what of order) await tell[what as keyof typeof tell]()
  expect(await time.balance()).toMatchObject({ available: 0, debt: 60 })
})

it('a dispute revokes the remaining credits, and later grants pay the debt; a won dispute restores all', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  const { time, caller } = bought
  await caller.post(`${time.path}/charges`, { operation: 'image', outputs: 30 })
  const dispute = stripe.payments.dispute(bought.charge)
  await bought.deliverEvent('charge.dispute.created', dispute)
  expect(await bought.show()).toMatchObject({ state: 'disputed', lots: [{ spent: 60, revoked: 40 }] })
  expect(await time.balance()).toMatchObject({ available: 0, debt: 60 })
  await caller.post(`${time.path}/grants`, { source: 'promotional', amount: 50, reason: 'gift' })
  expect(await time.balance()).toMatchObject({ available: 0, debt: 10 })
  await caller.post(`${time.path}/grants`, { source: 'promotional', amount: 50, reason: 'gift' })
  expect(await time.balance()).toMatchObject({ available: 40, debt: 0 })
  stripe.payments.closeDispute(dispute, 'won')
  await bought.deliverEvent('charge.dispute.closed', dispute)
  expect(await time.balance()).toMatchObject({ available: 140, debt: 0 })
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', lots: [{ spent: 60, available: 40 }] })
  expect(eventsOf(await bought.show())).toEqual([
    'ordered',
    'checkout_ready',
    'paid',
    'granted',
    'dispute_opened',
    'dispute_won',
  ])
})

it('a won dispute cancels the unpaid debt; after a lost one the debt stays', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  await bought.caller.post(`${bought.time.path}/charges`, { operation: 'image', outputs: 50 })
  const dispute = stripe.payments.dispute(bought.charge)
  await bought.deliverEvent('charge.dispute.created', dispute)
  stripe.payments.closeDispute(dispute, 'lost')
  await bought.deliverEvent('charge.dispute.closed', dispute)
  expect(await bought.show()).toMatchObject({ state: 'disputed' })
  expect(await bought.time.balance()).toMatchObject({ available: 0, debt: 100 })
  stripe.payments.closeDispute(dispute, 'won')
  await bought.deliverEvent('charge.dispute.closed', dispute)
  expect(await bought.time.balance()).toMatchObject({ available: 0, debt: 0 })
})

// Found by test/models/purchases: a refund of an unreported payment was ignored.
describe('a refund of a payment whose events were lost', () => {
  it('is refused while the payment is disputed', async () => {
    const bought = await order(run, 'kvidai', pack)
    const charge = bought.pay()
    stripe.payments.dispute(charge)
    const before = stripe.payments.refunds().length
    expect(await bought.post('refund', { reason: 'test' })).toMatchObject({
      status: 409,
      body: { code: 'refund_not_offered' },
    })
    expect(stripe.payments.refunds()).toHaveLength(before)
    expect(await bought.show()).toMatchObject({ state: 'disputed', lots: [{ granted: 100, revoked: 100 }] })
  })

  it('leaves out the part that Stripe has refunded already', async () => {
    const bought = await order(run, 'kvidai', pack)
    const charge = bought.pay()
    stripe.payments.refundFromDashboard(charge, 2475)
    expect(await bought.post('refund', { reason: 'test' })).toMatchObject({ body: { state: 'refunded' } })
    expect(stripe.payments.object(charge)).toMatchObject({ amount: 9900, amount_refunded: 9900 })
    expect(await bought.show()).toMatchObject({ needs_attention: false, refund: { amount: 7425 } })
  })
})

// Found by test/models/purchases: a won dispute restored all credits, also the refunded part.
it('a won dispute restores the credits that it revoked, less those that a refund could not revoke meanwhile', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  await bought.caller.post(`${bought.time.path}/charges`, { operation: 'text', outputs: 20 })
  const dispute = stripe.payments.dispute(bought.charge, 7425)
  await bought.deliverEvent('charge.dispute.created', dispute)
  stripe.payments.refundFromDashboard(bought.charge, 2475)
  await bought.deliverEvent('charge.refunded', bought.charge)
  expect(await bought.show()).toMatchObject({ lots: [{ spent: 20, available: 0, revoked: 80 }] })
  stripe.payments.closeDispute(dispute, 'won')
  await bought.deliverEvent('charge.dispute.closed', dispute)
  expect(await bought.show()).toMatchObject({ lots: [{ spent: 20, available: 55, revoked: 25 }] })
})

const noteOf = (invoice: string, amount: number, fields: object = {}) => ({
  id: `cn_${randomUUID()}`,
  object: 'credit_note',
  invoice,
  customer: 'cus_1',
  amount,
  post_payment_amount: amount,
  pre_payment_amount: 0,
  refunds: [],
  status: 'issued',
  ...fields,
})
const deliver = (type: string, object: { id: string }) =>
  run.deliver(run.stripe.event(type, object.id, { data: { object } }), { product: 'kvidai' })

describe('a credit note for the balance', () => {
  it('takes the share of the credits of a purchase whose charge names no invoice, and a void note gives it back', async () => {
    const bought = await orderPaid(run, 'kvidai', { pack: 'credits', quantity: 1 })
    const { payment_intent } = run.stripe.payments.object(bought.charge) ?? {}
    const note = noteOf(run.stripe.payments.invoiceOf(payment_intent), 3_000)
    for (const _ of [1, 2]) await deliver('credit_note.created', note)
    expect(await bought.show()).toMatchObject({ state: 'fulfilled', lots: [{ available: 70, revoked: 30 }] })
    await deliver('credit_note.created', noteOf(note.invoice, 6_900))
    expect(await bought.show()).toMatchObject({ state: 'refunded', lots: [{ available: 0, revoked: 100 }] })
    await deliver('credit_note.voided', { ...note, status: 'void' } as typeof note)
    expect(await bought.show()).toMatchObject({
      state: 'fulfilled',
      needs_attention: false,
      lots: [{ available: 31, revoked: 69 }],
    })
  })

  it('counts for a payment link with an invoice, before its payment too, and leaves the refund what is left', async () => {
    const paid = await createUnlinkedPayment(run, account => ({ account, pack: 'credits' }))
    const session = { ...paid.session, invoice: `in_${randomUUID()}` }
    await deliver('credit_note.created', noteOf(session.invoice, 4_950))
    await paid.deliverEvent('checkout.session.completed', session)
    expect(await paid.time.balance()).toMatchObject({ available: 50 })
    const [{ id }] = await paid.purchases()
    const refund = { reason: 'not needed' }
    await run.lotkeeper.as('kvidai', 'support').post(`/v1/purchases/${id}/refund`, refund)
    expect((await paid.purchases())[0]).toMatchObject({ refund: { amount: 4_950 } })
  })

  it('counts a refund that the note records once', async () => {
    const bought = await orderPaid(run, 'kvidai', { pack: 'credits', quantity: 1 })
    const { payment_intent } = run.stripe.payments.object(bought.charge) ?? {}
    run.stripe.payments.refundFromDashboard(bought.charge, 4_950)
    const { id } = run.stripe.payments.refunds().at(-1) ?? {}
    const refunds = [{ amount_refunded: 4_950, refund: id, type: 'refund' }]
    await deliver('credit_note.created', noteOf(run.stripe.payments.invoiceOf(payment_intent), 4_950, { refunds }))
    await bought.deliverEvent('charge.refunded', bought.charge)
    expect(await bought.show()).toMatchObject({ state: 'fulfilled', lots: [{ available: 50, revoked: 50 }] })
  })

  it('is found by the poll if its webhook was lost', async () => {
    const bought = await orderPaid(run, 'kvidai', { pack: 'credits', quantity: 1 })
    const { payment_intent } = run.stripe.payments.object(bought.charge) ?? {}
    const note = noteOf(run.stripe.payments.invoiceOf(payment_intent), 9_900)
    run.stripe.event('credit_note.created', note.id, { data: { object: note } })
    const { taskQueue, temporal } = run.lotkeeper
    const workflowId = `stripe-events/${randomUUID()}`
    await temporal.workflow.execute('stripeEvents', { workflowId, taskQueue, args: [{}] })
    expect(await bought.show()).toMatchObject({ state: 'refunded', lots: [{ available: 0, revoked: 100 }] })
  })
})
