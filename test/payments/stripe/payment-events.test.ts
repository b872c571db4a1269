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
const resolution = {
  payment_method_details: { type: 'card', card: { brand: 'visa', case_type: 'resolution' } },
}
const moved = (...amounts: number[]) => ({
  balance_transactions: amounts.map(amount => ({ id: 'txn_1', amount })),
})
const refund = {
  object: 'refund',
  id: 're_1',
  charge: 'ch_1',
  payment_intent: 'pi_1',
  amount: 90,
  status: 'succeeded',
  metadata: { purchase: 'pur_1', refund: '2' },
}
const note = {
  object: 'credit_note',
  id: 'cn_1',
  invoice: 'in_1',
  customer: 'cus_1',
  amount: 500,
  post_payment_amount: 500,
  pre_payment_amount: 0,
  refunds: [],
  status: 'issued',
  memo: 'for payer@example.com',
}
const credited = (amount: number, voided = false) => ({ id: 'cn_1', amount, voided })
const paid = { amount: 990, currency: 'USD', at: null }
const of = (status: string) => ({ dispute: { id: 'du_1', amount: 990, status } })

it.each<[string, object, string | undefined, object | null]>([
  ['paid session', session, undefined, { purchase: null, references: ['cs_1', 'pi_1'], paid }],
  ['free session', { ...session, payment_status: 'no_payment_required' }, undefined, { paid }],
  [
    'a reference that is no purchase of ours',
    { ...session, client_reference_id: 'ada' },
    undefined,
    { purchase: 'ada' },
  ],
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
  ['prevented, nothing withdrawn', { ...dispute, status: 'prevented' }, undefined, null],
  ['prevented by a refund of the bank', { ...dispute, status: 'prevented', ...resolution }, undefined, of('lost')],
  ['prevented, withdrawn', { ...dispute, status: 'prevented', ...moved(-990) }, undefined, of('lost')],
  ['prevented, reinstated', { ...dispute, status: 'prevented', ...moved(-990, 990) }, undefined, of('won')],
  ['lost, reinstated', { ...dispute, status: 'lost', ...moved(-990, 990) }, undefined, of('won')],
  ['withdrawn', { ...dispute, status: 'prevented' }, 'charge.dispute.funds_withdrawn', of('lost')],
  ['reinstated', { ...dispute, status: 'under_review' }, 'charge.dispute.funds_reinstated', of('won')],
  [
    'a warning that withdrew money',
    { ...dispute, status: 'warning_under_review', ...moved(-990) },
    undefined,
    of('open'),
  ],
  [
    'refund',
    refund,
    undefined,
    { references: ['ch_1', 'pi_1'], refund: { id: 're_1', amount: 90, failed: false, number: 2 } },
  ],
  [
    'failed refund',
    { ...refund, status: 'failed', metadata: {} },
    'refund.failed',
    { refund: { failed: true, number: null, at: '2027-01-15T08:00:00.000Z' } },
  ],
  [
    'a refund of an unexpected object',
    { ...refund, metadata: { refund: 'odd' } },
    undefined,
    { refund: { number: null } },
  ],
  [
    'a session and a charge with an invoice',
    { ...session, invoice: 'in_1' },
    undefined,
    { references: ['cs_1', 'pi_1', 'in_1'] },
  ],
  [
    'a charge of an older API version',
    { ...charge, invoice: 'in_1' },
    undefined,
    { references: ['ch_1', 'pi_1', 'in_1'] },
  ],
  ['a credit note to the balance', note, 'credit_note.created', { references: ['in_1'], credited: credited(500) }],
  [
    'the part of a credit note that no refund pays',
    { ...note, refunds: [{ amount_refunded: 300, refund: 're_1' }] },
    'credit_note.created',
    { credited: credited(200) },
  ],
  ['a void credit note', { ...note, status: 'void' }, 'credit_note.voided', { credited: credited(500, true) }],
  [
    'a credit note before the payment',
    { ...note, post_payment_amount: 0, pre_payment_amount: 500 },
    undefined,
    { credited: credited(0) },
  ],
  [
    'a credit note of an older API version',
    { ...note, post_payment_amount: undefined, refunds: undefined },
    undefined,
    { credited: credited(500) },
  ],
  [
    'one that an older API version refunds',
    { ...note, post_payment_amount: undefined, refunds: undefined, refund: 're_1' },
    undefined,
    { credited: credited(0) },
  ],
  [
    'an amount and a currency of odd types',
    { ...session, amount_total: '990', currency: 'dollars' },
    undefined,
    { paid: { ...paid, amount: null, currency: null } },
  ],
  ['a total refund of an odd type', { ...charge, amount_refunded: '90' }, undefined, { refunded: { amount: null } }],
  [
    'a refund without an amount',
    { ...refund, amount: null },
    'refund.created',
    { refunded: { amount: null, of: null } },
  ],
  ['a failed refund without an amount', { ...refund, amount: null, status: 'failed' }, 'refund.failed', null],
  [
    'a credit note without an amount',
    { ...note, amount: null, post_payment_amount: null },
    undefined,
    { refunded: { amount: null } },
  ],
  [
    'a dispute without an amount',
    { ...dispute, amount: '990', status: 'lost' },
    undefined,
    { dispute: { amount: Number.MAX_SAFE_INTEGER, status: 'lost' } },
  ],
  ['a dispute with a status of an odd type', { ...dispute, status: 5, ...moved(-990) }, undefined, of('open')],
  ['a mere warning', { ...dispute, status: 'warning_needs_response' }, undefined, null],
  [
    'a purchase of 300 characters',
    { ...session, metadata: { purchase: 'p'.repeat(300) } },
    undefined,
    { purchase: 'p'.repeat(200) },
  ],
  ['ids that are too long', { ...session, payment_intent: 'p'.repeat(300) }, undefined, { references: ['cs_1'] }],
  ['something else', { object: 'customer', id: 'cus_1' }, undefined, null],
  ['nothing', {}, undefined, null],
])('%s', (_what, object, type, events) => {
  const found = toPaymentEvent(object, type === undefined ? undefined : { type, at: '2027-01-15T08:00:00.000Z' })
  if (events === null) expect(found).toBeNull()
  else expect(found).toMatchObject(events)
  expect(JSON.stringify(found)).not.toContain('payer')
})

it('an unpaid session and an uncaptured charge give no payment', () => {
  expect(toPaymentEvent({ ...session, payment_status: 'unpaid' })).not.toHaveProperty('paid')
  expect(toPaymentEvent({ ...session, payment_status: 'unpaid' })).not.toHaveProperty('ended')
  expect(toPaymentEvent({ ...charge, captured: false })).not.toHaveProperty('paid')
  expect(toPaymentEvent({ ...charge, paid: false })).not.toHaveProperty('paid')
})
