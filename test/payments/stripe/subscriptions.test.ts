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

it('reads the plan of a line from its price, or as its invoice had it', async () => {
  const id = subscribe()
  const { items, ...subscription } = stripe.subscription(id) ?? {}
  stripe.change(id, { metadata: { plan: 'then' } })
  stripe.invoice(id, JAN, FEB)
  Object.assign(items.data[0].price, { lookup_key: null, metadata: { plan: 'old' } })
  stripe.change(id, { plan: 'large', metadata: { ...subscription.metadata, plan: 'announced' } })
  const { plan, items: own, lines } = await read(id)
  expect({ plan, own, lines }).toMatchObject({
    plan: 'announced',
    own: [{ plan: 'large' }],
    lines: [{ plan: 'old', plan_then: 'then' }],
  })
})

it('reads a credit note before the payment as money back', async () => {
  const id = subscribe()
  const invoice = stripe.invoice(id, JAN, FEB, { status: 'open' })
  stripe.creditNotes.settleBeforePayment(invoice)
  expect((await read(id)).lines).toMatchObject([{ back: { amount: 1000, of: 1000 } }])
})

it('reads a dispute in another currency as the whole charge', async () => {
  const id = subscribe()
  const dispute = stripe.payments.dispute(stripe.chargeOf(stripe.invoice(id, JAN, FEB)), 75)
  stripe.payments.changeDispute(dispute, { currency: 'krw' })
  expect((await read(id)).lines).toMatchObject([{ back: { amount: 1000, of: 1000 } }])
})

it('reads all invoices, however many came later', async () => {
  const id = subscribe()
  stripe.payments.refundFromDashboard(stripe.chargeOf(stripe.invoice(id, JAN, FEB)), 1000)
  for (let n = 0; n < 120; n++) stripe.invoice(id, JAN, FEB, { status: 'open', proration: true })
  expect((await read(id)).lines).toMatchObject([{ plan: 'small', back: { amount: 1000, of: 1000 } }])
})

it('reads a refund of a charge that is older than its invoice', async () => {
  const id = subscribe()
  const charge = stripe.chargeOf(stripe.invoice(id, JAN, FEB))
  Object.assign(stripe.payments.object(charge) ?? {}, { created: 1_500_000_000 })
  stripe.payments.refundFromDashboard(charge, 400)
  expect((await read(id)).lines).toMatchObject([{ back: { amount: 400, of: 1000 } }])
})

it('reads all payments of an invoice', async () => {
  const id = subscribe()
  const invoice = stripe.invoice(id, JAN, FEB)
  const charge = stripe.chargeOf(invoice)
  stripe.addFailedPayments(invoice, 120)
  stripe.payments.refundFromDashboard(charge, 400)
  expect((await read(id)).lines).toMatchObject([{ back: { amount: 400, of: 1000 } }])
})
