import { randomUUID } from 'node:crypto'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { attentionOf } from '../../support/servers/ops.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { BOUGHT_AT, order } from '../../support/stand-ins/stripe-purchase.ts'
import { createUnlinkedPayment } from '../../support/stand-ins/stripe-unlinked-payment.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

const support = () => run.lotkeeper.as('kvidai', 'support')
const unknown = () => ({ client_reference_id: `order-${randomUUID()}` })
const because = { reason: 'The customer wrote to us.' }

type Payment = Awaited<ReturnType<typeof createUnlinkedPayment>>

/** A paid session and charge that fit nothing; by default its reference is unknown. */
async function payUnassigned(metadata: object = {}, fields: object = unknown()): Promise<Payment> {
  const paid = await createUnlinkedPayment(run, () => metadata, fields)
  await paid.deliverEvent('checkout.session.completed', paid.session)
  await paid.deliverEvent('charge.succeeded', paid.charge)
  return paid
}

const listed = async ({ session }: Payment) =>
  (await support().get('/v1/unassigned-payments?limit=100')).body.data.filter(
    ({ id }: { id: string }) => id === session.payment_intent,
  )
const assign = ({ session }: Payment, target: object, key?: string) =>
  support().post(`/v1/unassigned-payments/${session.payment_intent}/assign`, { ...because, ...target }, key)
const dismiss = ({ session }: Payment) =>
  support().post(`/v1/unassigned-payments/${session.payment_intent}/dismiss`, because)
const toPack = ({ account }: Payment) => ({ account, pack: 'credits' })

const attention = () => attentionOf(run.lotkeeper)

it('a purchase named only by a client reference, which a buyer can type, is not paid by it', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  const free = { payment_status: 'no_payment_required', amount_total: 0, total_details: { amount_discount: 9900 } }
  for (const fields of [{}, free]) {
    const paid = await payUnassigned({}, { client_reference_id: bought.id, ...fields })
    expect(await listed(paid)).toHaveLength(1)
  }
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment' })
})

it('a payment with an unknown reference is kept, shown, and assigned to an account and a pack once', async () => {
  const paid = await payUnassigned()
  expect(await listed(paid)).toMatchObject([
    { provider: 'stripe', amount: 9900, currency: 'KRW', named: paid.session.client_reference_id },
  ])
  expect(await attention()).toContain(`Unassigned payment: payment/kvidai/${paid.session.payment_intent}`)
  const items = (await support().get('/v1/attention?kind=unassigned_payment&limit=100')).body.data
  expect(items.find(({ id }: { id: string }) => id === paid.session.payment_intent)).toMatchObject({
    subject: { type: 'payment', id: paid.session.payment_intent },
    account: null,
    amount: 9900,
    currency: 'KRW',
    actions: [{ name: 'assign' }, { name: 'dismiss' }],
  })
  const assigned = await assign(paid, toPack(paid), 'assign-1')
  expect(assigned).toMatchObject({ status: 200, body: { account: paid.account, state: 'fulfilled' } })
  expect(await assign(paid, toPack(paid), 'assign-1')).toMatchObject({ status: 200, body: { id: assigned.body.id } })
  expect(await assign(paid, toPack(paid), 'assign-2')).toMatchObject({
    status: 409,
    body: { code: 'payment_settled', outcome: 'assigned', purchase: assigned.body.id },
  })
  await paid.deliverEvent('checkout.session.completed', paid.session)
  await paid.deliverEvent('charge.succeeded', paid.charge)
  expect(await paid.time.balance()).toMatchObject({ available: 100 })
  expect(await listed(paid)).toEqual([])
  expect(await attention()).not.toContain(paid.session.payment_intent)
  const { data } = (await support().get(`${paid.time.path}/activity`)).body
  const logged = { action: 'payment_assigned', actor: 'test-support', ...because }
  expect(data).toMatchObject([
    { ...logged, done: false },
    { ...logged, done: true },
  ])
  expect((await support().post(`/v1/unassigned-payments/${paid.session.payment_intent}/assign`, {})).status).toBe(422)
})

it('a payment whose metadata name only a pack is assigned to a purchase that waits, and its refund takes the credits', async () => {
  const paid = await payUnassigned({ pack: 'credits' }, {})
  expect(await listed(paid)).toHaveLength(1)
  const bought = await order(run, 'kvidai', { pack: 'credits', quantity: 1 }, paid.time)
  const byTransfer = await paid.time.caller.post(`${paid.time.path}/purchases`, {
    pack: 'credits',
    provider: 'bank_transfer',
  })
  expect(await assign(paid, { purchase: byTransfer.body.id })).toMatchObject({ status: 422 })
  expect(await assign(paid, { purchase: bought.id, account: paid.account })).toMatchObject({ status: 422 })
  expect(await assign(paid, { purchase: bought.id })).toMatchObject({ status: 200, body: { state: 'fulfilled' } })
  expect(await paid.time.balance()).toMatchObject({ available: 100 })
  await paid.deliverEvent('charge.refunded', { ...paid.charge, amount_refunded: 9900 } as typeof paid.charge)
  expect(await bought.show()).toMatchObject({ state: 'refunded' })
  expect(await paid.time.balance()).toMatchObject({ available: 0 })
})

it('of assignments at the same time one wins', async () => {
  const paid = await payUnassigned()
  const others = await Promise.all([1, 2, 3].map(() => createTestAccount(run.lotkeeper.as('kvidai'), BOUGHT_AT)))
  const waiting = await order(run, 'kvidai', { pack: 'credits', quantity: 1 }, paid.time)
  const targets = [
    { purchase: waiting.id },
    ...others.map(({ path }) => ({ account: path.split('/').at(-1), pack: 'credits' })),
  ]
  const answers = await Promise.all(targets.map(target => assign(paid, target)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  const balances = await Promise.all([paid.time, ...others].map(time => time.balance()))
  expect(balances.map(({ available }) => available).sort((a, b) => a - b)).toEqual([0, 0, 0, 100])
})

it('a dismissed payment grants nothing any more', async () => {
  const paid = await payUnassigned({ pack: 'credits' }, {})
  expect(await dismiss(paid)).toMatchObject({ status: 200, body: { outcome: 'dismissed' } })
  expect(await dismiss(paid)).toMatchObject({ status: 200 })
  expect(await listed(paid)).toEqual([])
  expect(await assign(paid, toPack(paid))).toMatchObject({ status: 409, body: { outcome: 'dismissed' } })
  const named = { ...paid.session, metadata: { pack: 'credits', account: paid.account } }
  await paid.deliverEvent('checkout.session.completed', named)
  expect(await paid.purchases()).toEqual([])
  expect(await paid.time.balance()).toMatchObject({ available: 0 })
})

it('a dismissal is in the activity log of the account that it is about', async () => {
  const paid = await payUnassigned()
  const send = (fields: object) =>
    support().post(`/v1/unassigned-payments/${paid.session.payment_intent}/dismiss`, { ...because, ...fields })
  expect(await send({ account: 'nobody' })).toMatchObject({ status: 404 })
  for (const _ of [1, 2]) expect(await send({ account: paid.account })).toMatchObject({ status: 200 })
  expect((await support().get(`${paid.time.path}/activity`)).body.data).toMatchObject([
    { action: 'payment_dismissed', actor: 'test-support', ...because, done: true },
  ])
  expect(await assign(paid, toPack(paid))).toMatchObject({ status: 409, body: { outcome: 'dismissed' } })
})

it('a full refund at the provider resolves it', async () => {
  const paid = await payUnassigned()
  await paid.deliverEvent('charge.refunded', { ...paid.charge, amount_refunded: 9900 } as typeof paid.charge)
  expect(await listed(paid)).toEqual([])
  expect(await dismiss(paid)).toMatchObject({ status: 409, body: { code: 'payment_settled', outcome: 'refunded' } })
})

it('a refund that fails opens it again', async () => {
  const paid = await payUnassigned()
  await paid.deliverEvent('charge.refunded', { ...paid.charge, amount_refunded: 9900 } as typeof paid.charge)
  expect(await listed(paid)).toEqual([])
  const { payment_intent, charge } = { ...paid.session, charge: paid.charge.id }
  const refund = {
    id: `re_${payment_intent}`,
    object: 'refund',
    amount: 9900,
    charge,
    payment_intent,
    status: 'failed',
  }
  await paid.deliverEvent('refund.failed', refund)
  expect(await listed(paid)).toHaveLength(1)
})

it('a payment that the policy does not sell is refused, and stays', async () => {
  const paid = await payUnassigned()
  expect(await assign(paid, { account: paid.account, pack: 'gold' })).toMatchObject({ status: 422 })
  expect(await assign(paid, { account: 'nobody', pack: 'credits' })).toMatchObject({ status: 404 })
  expect(await listed(paid)).toHaveLength(1)
  expect(await support().post('/v1/unassigned-payments/pi_unknown/dismiss', because)).toMatchObject({ status: 404 })
})

it('a payment without any mark of ours is ignored', async () => {
  const paid = await payUnassigned({}, {})
  expect(await listed(paid)).toEqual([])
})

it('the client reference of a payment link names the account, its metadata the pack', async () => {
  const { account, time, session, deliverEvent, purchases } = await createUnlinkedPayment(run, () => ({
    pack: 'credits',
  }))
  const paid = { ...session, client_reference_id: account }
  await deliverEvent('checkout.session.completed', paid as unknown as typeof session)
  expect(await purchases()).toMatchObject([{ state: 'fulfilled' }])
  expect(await time.balance()).toMatchObject({ available: 100 })
})

it('a payment whose webhook was lost is found by polling', async () => {
  const paid = await createUnlinkedPayment(run, () => ({ product: 'kvidai' }), unknown())
  run.stripe.event('checkout.session.completed', paid.session.id, { data: { object: paid.session } })
  const { taskQueue, temporal } = run.lotkeeper
  const workflowId = `stripe-events/${randomUUID()}`
  await temporal.workflow.execute('stripeEvents', { workflowId, taskQueue, args: [{}] })
  expect(await listed(paid)).toHaveLength(1)
})
