import { readStripeEvent, signAsStripe } from '../../../payments/stripe/webhook.ts'

const SECRET = 'whsec_test'
const now = new Date('2026-11-30T12:00:00Z')

const read = (object: object, fields: object = {}) => {
  const event = { id: 'evt_1', object: 'event', type: 'charge.refunded', livemode: false, created: 1_796_000_000 }
  const body = JSON.stringify({ ...event, ...fields, data: { object } })
  return readStripeEvent(Buffer.from(body), signAsStripe(body, SECRET, now), SECRET, now)
}

const charge = {
  object: 'charge',
  id: 'ch_1',
  payment_intent: 'pi_1',
  amount: 9900,
  amount_captured: 9900,
  amount_refunded: 2475,
  currency: 'krw',
  paid: true,
  captured: true,
}

it('an event keeps the purchase that its metadata names', () => {
  const { payment, order } = read({ ...charge, metadata: { purchase: 'pur_1', account: 'ada' } })
  expect(payment).toMatchObject({ purchase: 'pur_1', paid: { amount: 9900 }, refunded: { amount: 2475 } })
  expect(order).toMatchObject({ account: 'ada', quantity: 1 })
})

it('an event without metadata names no purchase', () => {
  const { payment, order } = read(charge)
  expect(payment).toMatchObject({ purchase: null, references: ['ch_1', 'pi_1'] })
  expect(order).toEqual({ account: null, pack: null, product: null, quantity: 1 })
})

it.each(['acct_1', { id: 'acct_1' }, ['acct_1'], 5])('an event of the connected account %j pays nothing', account => {
  expect(read(charge, { account })).toMatchObject({ payment: null, references: [] })
  expect(read(charge, { account: null }).payment).not.toBeNull()
})
