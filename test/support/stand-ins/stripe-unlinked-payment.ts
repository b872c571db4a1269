import type { LotkeeperWithStripe } from './lotkeeper-with-stripe.ts'
import { wireId } from './stripe-payments.ts'
import { order } from './stripe-purchase.ts'

/** Creates the session and charge of a payment at Stripe that no purchase started. */
export async function createUnlinkedPayment(
  run: LotkeeperWithStripe,
  metadata: (account: string) => object,
  fields: object = {},
) {
  const { time } = await order(run, 'kvidai', { pack: 'credits', quantity: 1 })
  const account = time.path.split('/').at(-1) ?? ''
  const payment_intent = wireId('pi')
  const paid = { currency: 'krw', payment_intent, metadata: metadata(account), ...fields }
  const session = {
    id: wireId('cs_test'),
    object: 'checkout.session',
    mode: 'payment',
    status: 'complete',
    payment_status: 'paid',
    client_reference_id: null,
    amount_total: 9900,
    ...paid,
  }
  const charge = {
    id: wireId('ch'),
    object: 'charge',
    amount: 9900,
    amount_captured: 9900,
    amount_refunded: 0,
    captured: true,
    created: 1_800_000_000,
    paid: true,
    ...paid,
  }
  const deliverEvent = (type: string, object: { id: string }) =>
    run.deliver(run.stripe.event(type, object.id, { data: { object } }), { product: 'kvidai' })
  const purchases = async () =>
    (await time.caller.get(`/v1/purchases?account=${account}&reference=${payment_intent}`)).body.data
  return { time, account, session, charge, deliverEvent, purchases }
}
