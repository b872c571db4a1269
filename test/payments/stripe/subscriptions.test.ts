import { stripeFor } from '../../../payments/stripe/subscriptions.ts'
import { type StripeStandIn, startStripeStandIn } from '../../support/stand-ins/stripe.ts'

const [JAN, FEB] = ['2026-01-10T00:00:00.000Z', '2026-02-10T00:00:00.000Z']

let stripe: StripeStandIn
beforeAll(async () => {
  stripe = await startStripeStandIn()
})
afterAll(() => stripe?.stop())

const subscribe = () => stripe.subscribe({ plan: 'small', start: JAN, end: FEB })

async function read(id: string) {
  const found = await stripeFor({ secretKey: 'sk_test_1', apiBase: stripe.url })?.subscription(id)
  if (!found) throw new Error(`${id} is unknown`)
  return found.subscription
}

it('reads all invoices, however many came later', async () => {
  const id = subscribe()
  stripe.payments.refundFromDashboard(stripe.chargeOf(stripe.invoice(id, JAN, FEB)), 1000)
  for (let n = 0; n < 120; n++) stripe.invoice(id, JAN, FEB, { status: 'open', proration: true })
  expect((await read(id)).lines).toMatchObject([{ plan: 'small', back: { amount: 1000, of: 1000 } }])
})
