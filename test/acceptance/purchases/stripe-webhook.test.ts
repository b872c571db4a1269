import { randomUUID } from 'node:crypto'
import { signAsStripe } from '../../../payments/stripe/webhook.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
  webhookSecrets,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { sendStripeEvent } from '../../support/stand-ins/send-stripe-event.ts'
import { order } from '../../support/stand-ins/stripe-purchase.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

it('forged, old and future signatures and other secrets are refused', async () => {
  const { time, id } = await subscribed(run)
  const event = run.stripe.event('invoice.paid', run.stripe.invoice(id, JAN, FEB))
  const refused = { status: 422, body: { code: 'invalid_request' } }
  const minutes = (n: number) => new Date(Date.now() + n * 60_000)
  expect(await run.send(event, { secret: 'whsec_guessed' })).toMatchObject(refused)
  expect(await run.send(event, { secret: webhookSecrets['listing-studio'] })).toMatchObject(refused)
  expect(await run.send(event, { product: 'listing-studio', secret: webhookSecrets['x-design'] })).toMatchObject(
    refused,
  )
  expect(await run.send(event, { signedAt: minutes(-6) })).toMatchObject(refused)
  expect(await run.send(event, { signedAt: minutes(6) })).toMatchObject(refused)
  expect(await run.send(event, { body: `${JSON.stringify(event)} ` })).toMatchObject(refused)
  expect(await run.send(event, { product: 'nobody' as 'branding', secret: '' })).toMatchObject({
    status: 404,
  })
  expect(await membershipsOf(time)).toEqual([])
  expect(await run.send(event, { signedAt: minutes(-4) })).toMatchObject({ status: 200 })
  expect(await membershipsOf(time)).toHaveLength(1)
})

it('in production a test event is refused', async () => {
  const production = await startLotkeeper({
    NODE_ENV: 'production',
    STRIPE_WEBHOOK_SECRET: 'whsec_live',
    SMTP_URL: 'smtp://127.0.0.1:1',
    SERVER_SECRETS: '1:0123456789abcdef',
  })
  const sendTo = (livemode: boolean) =>
    sendStripeEvent(
      `${production.url}/webhooks/stripe/branding`,
      run.stripe.event('radar.early_fraud_warning.created', 'issfr_1', { livemode }),
      { secret: 'whsec_live' },
    )
  expect(await sendTo(false)).toMatchObject({ status: 422, body: { errors: [{ path: 'livemode' }] } })
  expect(await sendTo(true)).toMatchObject({ status: 200 })
  await production.stop()
})

it('an irrelevant event is stored and answered', async () => {
  const unknownAccount = run.stripe.subscribe({ start: JAN, end: FEB })
  const otherProduct = run.stripe.subscribe({ metadata: { product: 'branding' }, start: JAN, end: FEB })
  const events = [
    run.stripe.event('radar.early_fraud_warning.created', 'issfr_1'),
    run.stripe.event('invoice.paid', run.stripe.invoice(unknownAccount, JAN, FEB)),
    run.stripe.event('invoice.paid', run.stripe.invoice(otherProduct, JAN, FEB)),
    run.stripe.event('customer.subscription.deleted', 'sub_gone', {
      data: { object: { id: 'sub_gone', object: 'subscription' } },
    }),
  ]
  for (const event of events) expect(await run.send(event)).toMatchObject({ status: 200 })
  const { rows } = await run.lotkeeper.db.query(
    'select type, outcome from stripe_events where event_id = any($1) order by array_position($1, event_id)',
    [events.map(({ id }) => id)],
  )
  expect(rows).toEqual([
    { type: 'radar.early_fraud_warning.created', outcome: 'nothing_to_do' },
    { type: 'invoice.paid', outcome: 'unknown_account' },
    { type: 'invoice.paid', outcome: 'other_product' },
    { type: 'customer.subscription.deleted', outcome: 'unknown_subscription' },
  ])
})

/** Creates the event of a payment by the product's payment link; its metadata names a new account and the pack. */
async function createLinkPayment(metadata: Record<string, string> = {}, fields: object = {}) {
  const time = await createTestAccount(run.lotkeeper.as('kvidai'), JAN)
  const object = {
    id: `cs_${randomUUID()}`,
    object: 'checkout.session',
    mode: 'payment',
    payment_status: 'paid',
    amount_total: 9900,
    currency: 'krw',
    payment_intent: `pi_${randomUUID()}`,
    metadata: { account: accountOf(time), pack: 'credits', ...metadata },
  }
  const event = run.stripe.event('checkout.session.completed', object.id, { data: { object }, ...fields })
  return { time, event }
}
const outcomeOf = async ({ id }: { id?: unknown }) =>
  (await run.lotkeeper.db.query('select outcome from stripe_events where event_id = $1', [id])).rows[0]

it.each(['1.5', '1e1', '0x10', '', ' 2', '-1', '0', '1,000', '9'.repeat(12)])(
  'the quantity "%s" of a payment link grants nothing',
  async quantity => {
    const { time, event } = await createLinkPayment({ quantity })
    await run.deliver(event, { product: 'kvidai' })
    expect((await time.balance()).available).toBe(0)
    expect(await outcomeOf(event)).toEqual({ outcome: 'unassigned' })
  },
)

it('events of connected accounts pay no purchase and start no membership', async () => {
  const { time, event } = await createLinkPayment({}, { account: 'acct_connected' })
  await run.deliver(event, { product: 'kvidai' })
  expect((await time.balance()).available).toBe(0)
  expect(await outcomeOf(event)).toEqual({ outcome: 'nothing_to_do' })
  const bought = await order(run, 'kvidai', { pack: 'credits', quantity: 1 })
  bought.pay()
  const paid = run.stripe.event('checkout.session.completed', bought.session, { account: 'acct_connected' })
  await run.deliver(paid, { product: 'kvidai' })
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment' })
  const { time: subscriber, id } = await subscribed(run)
  const invoice = run.stripe.invoice(id, JAN, FEB)
  await run.deliver(run.stripe.event('invoice.paid', invoice, { account: 'acct_connected' }))
  expect(await membershipsOf(subscriber)).toEqual([])
})

it('texts that PostgreSQL cannot store are stored without these characters', async () => {
  const hostile = 'a\0b\ud800c'
  const { event } = await createLinkPayment({
    account: hostile,
    pack: hostile,
    purchase: hostile,
    product: 'kvidai',
  })
  const { object } = event.data as { object: Record<string, unknown> }
  const sent = {
    ...event,
    id: `evt_${hostile}${randomUUID()}`,
    type: `checkout.${hostile}`,
    data: {
      object: { ...object, id: hostile, customer: hostile, payment_intent: hostile, currency: hostile },
    },
  }
  expect(await run.send(sent, { product: 'kvidai' })).toMatchObject({ status: 200 })
  const charge = { id: `ch_${hostile}`, object: 'charge', amount: 1, currency: 'usd', paid: true }
  const failing = { ...run.stripe.event('charge.succeeded', charge.id), data: { object: charge } }
  expect(await run.send(failing, { product: 'kvidai' })).toMatchObject({ status: 200 })
  const stored = 'a\ufffdb\ufffdc'
  const { rows } = await run.lotkeeper.db.query(
    'select type, object_id, customer from stripe_events where starts_with(event_id, $1)',
    [`evt_${stored}`],
  )
  expect(rows).toEqual([{ type: `checkout.${stored}`, object_id: stored, customer: stored }])
})

it('a thin event of version 2 is stored without an effect', async () => {
  const event = {
    id: `evt_${randomUUID()}`,
    object: 'v2.core.event',
    type: 'v2.core.account.updated',
    created: '2026-10-22T23:29:01.000Z',
    livemode: false,
    context: null,
    related_object: { id: 'acct_1', type: 'v2.core.account', url: '/v2/core/accounts/acct_1' },
  }
  expect(await run.send(event)).toMatchObject({ status: 200 })
  expect(await outcomeOf(event)).toEqual({ outcome: 'nothing_to_do' })
  expect(await run.send(event, { secret: 'whsec_guessed' })).toMatchObject({ status: 422 })
})

it.each(['null', '[]', '"text"', '{', '', '\ufeff{}'])(
  'a signed body that is not an event is refused: %s',
  async body => {
    const signature = signAsStripe(body, webhookSecrets.branding, new Date())
    const response = await fetch(`${run.lotkeeper.url}/webhooks/stripe/branding`, {
      method: 'POST',
      headers: { 'stripe-signature': signature },
      body,
    })
    expect(response.status).toBe(422)
  },
)

it('a payment in an event of another type is ignored', async () => {
  const { time, event } = await createLinkPayment()
  Object.assign(event, { type: 'payment_intent.succeeded' })
  await run.deliver(event, { product: 'kvidai' })
  expect((await time.balance()).available).toBe(0)
  expect(await outcomeOf(event)).toEqual({ outcome: 'nothing_to_do' })
})

it.each([1, 2, 10])(
  '384 webhooks at once with %i connections are answered 200, or 503 with Retry-After',
  async pool => {
    const small = await startLotkeeperWithStripe({ DATABASE_POOL: String(pool) })
    const time = await createTestAccount(small.lotkeeper.as('x-design'), JAN)
    const metadata = { account: accountOf(time) }
    const subscription = () => small.stripe.subscribe({ metadata, start: JAN, end: FEB })
    const charge = { object: 'charge', amount: 5, currency: 'usd' }
    const events = Array.from({ length: 128 }, (_, i) => [
      small.stripe.event('customer.subscription.updated', subscription()),
      small.stripe.event('charge.refunded', `ch_${i}`, {
        data: { object: { ...charge, id: `ch_${i}`, amount_refunded: 5 } },
      }),
      small.stripe.event('charge.succeeded', `ch_paid_${i}`, {
        data: { object: { ...charge, id: `ch_paid_${i}`, paid: true, metadata: { ...metadata, pack: 'credits-100' } } },
      }),
    ]).flat()
    const answers = await Promise.all(events.map(event => small.send(event)))
    const unexpected = answers.filter(({ status, retryAfter }) => status !== 200 && !(status === 503 && retryAfter))
    expect(unexpected).toEqual([])
    // Afterwards each kind of event is handled, so no handler needs more connections than there are.
    for (const event of events.slice(0, 3)) await small.deliver({ ...event, id: `evt_${randomUUID()}` })
    await small.stop()
  },
)
