import { toPaymentEvent } from '../../../payments/stripe/payment-events.ts'

const session = {
  object: 'checkout.session',
  id: 'cs_1',
  mode: 'payment',
  status: 'complete',
  payment_status: 'paid',
  payment_intent: 'pi_1',
  client_reference_id: 'pur_1',
  amount_total: 990,
  currency: 'usd',
  metadata: {},
  customer_details: { email: 'payer@example.com' },
}
const charge = {
  object: 'charge',
  id: 'ch_1',
  payment_intent: { id: 'pi_1', object: 'payment_intent' },
  amount: 990,
  amount_captured: 990,
  amount_refunded: 0,
  currency: 'usd',
  created: 1_800_000_000,
  paid: true,
  captured: true,
  metadata: { purchase: 'pur_1' },
}
const dispute = { object: 'dispute', id: 'du_1', charge: 'ch_1', payment_intent: 'pi_1', amount: 990 }
const paid = { amount: 990, currency: 'USD', at: null }
const of = (status: string) => ({ dispute: { id: 'du_1', amount: 990, status } })

it.each<[string, object, string | undefined, object | null]>([
  ['paid session', session, undefined, { purchase: 'pur_1', references: ['cs_1', 'pi_1'], paid }],
  ['free session', { ...session, payment_status: 'no_payment_required' }, undefined, { paid }],
  ['named by metadata', { ...session, metadata: { purchase: 'pur_2' } }, undefined, { purchase: 'pur_2' }],
  ['subscription', { ...session, mode: 'subscription' }, undefined, null],
  ['expired', { ...session, payment_status: 'unpaid', status: 'expired' }, undefined, { ended: 'expired' }],
  [
    'failed later',
    { ...session, payment_status: 'unpaid' },
    'checkout.session.async_payment_failed',
    { ended: 'failed' },
  ],
  [
    'charge',
    charge,
    undefined,
    { purchase: 'pur_1', references: ['ch_1', 'pi_1'], paid: { ...paid, at: '2027-01-15T08:00:00.000Z' } },
  ],
  ['refunded charge', { ...charge, amount_refunded: 5 }, undefined, { refunded: { amount: 5, of: 990 } }],
  ['needs response', { ...dispute, status: 'needs_response' }, undefined, of('open')],
  ['under review', { ...dispute, status: 'under_review' }, undefined, of('open')],
  ['lost', { ...dispute, status: 'lost' }, undefined, of('lost')],
  ['appealed', { ...dispute, status: 'appeal_under_review' }, undefined, of('lost')],
  ['won', { ...dispute, status: 'won' }, undefined, of('won')],
  ['a mere warning', { ...dispute, status: 'warning_needs_response' }, undefined, null],
  ['something else', { object: 'customer', id: 'cus_1' }, undefined, null],
  ['nothing', {}, undefined, null],
])('%s', (_what, object, type, news) => {
  const found = toPaymentEvent(object, type)
  if (news === null) expect(found).toBeNull()
  else expect(found).toMatchObject(news)
  expect(JSON.stringify(found)).not.toContain('payer')
})

it('neither an unpaid session nor an uncaptured charge pays anything', () => {
  expect(toPaymentEvent({ ...session, payment_status: 'unpaid' })).not.toHaveProperty('paid')
  expect(toPaymentEvent({ ...session, payment_status: 'unpaid' })).not.toHaveProperty('ended')
  expect(toPaymentEvent({ ...charge, captured: false })).not.toHaveProperty('paid')
  expect(toPaymentEvent({ ...charge, paid: false })).not.toHaveProperty('paid')
})
