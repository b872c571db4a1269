import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import {
  FEB,
  JAN,
  type LotkeeperWithStripe,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
  webhookSecrets,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { sendStripeEvent } from '../../support/stand-ins/stripe.ts'

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
  expect(
    await run.send(event, { product: 'listing-studio', secret: webhookSecrets['x-design'] }),
  ).toMatchObject(refused)
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
    CODE_SECRETS: '1:0123456789abcdef',
  })
  const to = (livemode: boolean) =>
    sendStripeEvent(
      `${production.url}/webhooks/stripe/branding`,
      run.stripe.event('radar.early_fraud_warning.created', 'issfr_1', { livemode }),
      { secret: 'whsec_live' },
    )
  expect(await to(false)).toMatchObject({ status: 422, body: { errors: [{ path: 'livemode' }] } })
  expect(await to(true)).toMatchObject({ status: 200 })
  await production.stop()
})

it('an irrelevant event is stored and answered', async () => {
  const stranger = run.stripe.subscribe({ start: JAN, end: FEB })
  const elsewhere = run.stripe.subscribe({ metadata: { product: 'branding' }, start: JAN, end: FEB })
  const events = [
    run.stripe.event('radar.early_fraud_warning.created', 'issfr_1'),
    run.stripe.event('invoice.paid', run.stripe.invoice(stranger, JAN, FEB)),
    run.stripe.event('invoice.paid', run.stripe.invoice(elsewhere, JAN, FEB)),
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
