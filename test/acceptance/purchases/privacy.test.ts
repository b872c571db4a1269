import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { pino } from 'pino'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { sendStripeEvent } from '../../support/stand-ins/send-stripe-event.ts'
import { startStripeStandIn } from '../../support/stand-ins/stripe.ts'

// Stripe's objects contain names and cards, which are not stored.

const CARD = '4242424242424242'
const PEOPLE = ['payer-9f3@example.com', 'Petra Payer-9f3', '+821012349876']

it('no history, table or log holds a card number, email address or name of a payer', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const stripe = await startStripeStandIn()
  const run = await startLotkeeper(
    { STRIPE_SECRET_KEY: 'sk_test_stand_in', STRIPE_API_BASE: stripe.url, STRIPE_WEBHOOK_SECRET: 'whsec_1' },
    { logger },
  )
  const kvidai = run.as('kvidai')
  await kvidai.put('/v1/accounts/ada', {})
  const { body } = await kvidai.post('/v1/accounts/ada/purchases', {
    pack: 'credits',
    provider: 'stripe',
    buyer_email: PEOPLE[0],
  })
  const session = stripe.payments.sessionOf(body.id)
  const { charge } = stripe.payments.pay(session)
  const personal = {
    customer_details: { email: PEOPLE[0], name: PEOPLE[1], phone: PEOPLE[2] },
    billing_details: { email: PEOPLE[0], name: PEOPLE[1], phone: PEOPLE[2] },
    payment_method_details: { type: 'card', card: { number: CARD, last4: CARD.slice(-4) } },
  }
  for (const [type, objectId] of [
    ['checkout.session.completed', session],
    ['charge.succeeded', charge],
    ['charge.refunded', charge],
    ['payment_intent.succeeded', 'pi_unknown'],
  ] as const) {
    Object.assign(stripe.payments.object(objectId) ?? {}, personal)
    const event = stripe.event(type, objectId)
    Object.assign(event.data.object, personal)
    const sent = await sendStripeEvent(`${run.url}/webhooks/stripe/kvidai`, event, { secret: 'whsec_1' })
    expect(sent.status).toBe(200)
  }
  await kvidai.post(`/v1/purchases/${body.id}/missing`)
  await kvidai.post(`/v1/purchases/${body.id}/refund`, { reason: 'a test' })
  expect((await kvidai.get(`/v1/purchases/${body.id}`)).body).toMatchObject({ state: 'refunded' })

  const connection = await Connection.connect({ address: run.temporalAddress })
  const handle = new Client({ connection }).workflow.getHandle(`purchase/kvidai/${body.id}`)
  const history = historyToJSON(await handle.fetchHistory())
  const decoded = history.replaceAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g, (_, data) =>
    Buffer.from(data, 'base64').toString(),
  )
  const { rows: tables } = await run.db.query<{ name: string }>(
    `select format('%I', table_name) as name from information_schema.tables where table_schema = current_schema()`,
  )
  const database: string[] = []
  for (const { name } of tables) {
    // This table holds the email addresses that the product supplied.
    if (name === 'purchase_contacts') continue
    const { rows } = await run.db.query(`select t::text as row from ${name} t`)
    database.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  for (const planted of [CARD, ...PEOPLE]) {
    expect(decoded).not.toContain(planted)
    expect(database.filter(row => row.includes(planted))).toEqual([])
    expect(lines.filter(line => line.includes(planted))).toEqual([])
  }
  expect(decoded).toContain('credits')
  expect(lines.length).toBeGreaterThan(5)
  await connection.close()
  await run.stop()
  await stripe.stop()
})
