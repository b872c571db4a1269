import type Stripe from 'stripe'
import { stripeCheckout } from '../../../payments/stripe/checkout.ts'
import { stripeClient } from '../../../payments/stripe/client.ts'
import { stripeEventsFor } from '../../../payments/stripe/events.ts'
import { moneyBackOf } from '../../../payments/stripe/money-back.ts'
import { stripeFor } from '../../../payments/stripe/subscriptions.ts'
import { isCi } from '../../support/run/servers.ts'
import { hasStripeMock, startStripeMock } from '../../support/stand-ins/stripe-mock.ts'
import { order } from '../example-order.ts'

// Stripe's own mock checks the parameters of every call of payments/stripe.
const available = hasStripeMock()
if (!available) console.warn('Skipped: stripe-mock needs Go on PATH.')
const withMock = available || isCi ? it : it.skip

let mock: Awaited<ReturnType<typeof startStripeMock>>
beforeAll(async () => {
  if (available) mock = await startStripeMock()
}, 180_000)
afterAll(() => mock?.stop())

const access = () => ({ secretKey: 'sk_test_123', apiBase: mock.url })
const checkout = () => stripeCheckout(stripeClient('sk_test_123', mock.url), 'https://example.com/done')

withMock('accepts a Checkout Session', async () => {
  expect(await checkout().checkout?.(order)).toMatchObject({ url: expect.stringMatching(/^https:/) })
})

// The types of the `stripe` package have the parameter for methods of payment; the mock is older.
withMock('refuses methods of payment as an unknown parameter, and accepts the rest of that request', async () => {
  const methods = { ...order, payment_methods: ['card', 'kakao_pay'] }
  await expect(checkout().checkout?.(methods)).rejects.toMatchObject({
    refusal: { code: 'provider_refused' },
    message: expect.stringMatching(/additional properties are not allowed$/),
  })
  expect(await checkout().checkout?.({ ...methods, payment_methods: [] })).toMatchObject({ url: expect.any(String) })
})

withMock('accepts the calls that read payments of a purchase', async () => {
  const references = ['cs_test_1', 'pi_1', 'in_1']
  expect(await checkout().ask?.({ product: 'kvidai', purchase: 'pur_1', references })).toBeInstanceOf(Array)
})

withMock.each([['pi_1'], ['ch_1']])('accepts a refund of %s', async reference => {
  const { purchase, currency, idempotency_key } = order
  const refund = { purchase, currency, idempotency_key, number: 1, amount: 100, references: [reference] }
  expect(await checkout().refund(refund)).toEqual({ manual_step: null })
})

withMock('accepts the calls that read a subscription and its invoices', async () => {
  expect(await stripeFor(access())?.subscription('sub_1')).toMatchObject({
    subscription: { status: 'active' },
  })
})

withMock.each(['cancelled', 'cancelled_at_period_end', 'continued'] as const)(
  'accepts the change of a subscription to %s',
  async to => {
    await expect(stripeFor(access())?.change('sub_1', to, `key-${to}`)).resolves.toBeUndefined()
  },
)

withMock('accepts the calls that read what went back of an invoice', async () => {
  const invoice = { id: 'in_1', created: 1, amount_paid: 100, total: 100, status: 'paid' } as Stripe.Invoice
  const credited = { ...invoice, pre_payment_credit_notes_amount: 0, post_payment_credit_notes_amount: 50 }
  const back = await moneyBackOf(stripeClient('sk_test_123', mock.url), 'cus_1', [credited])
  expect(back.get('in_1') ?? { of: 100 }).toMatchObject({ of: 100 })
})

withMock('accepts the calls that read the payments of an invoice', async () => {
  expect(await stripeFor(access())?.paymentsOf('in_1')).toBeInstanceOf(Array)
})

withMock('accepts the poll of events', async () => {
  expect(await stripeEventsFor(access())?.(new Date(), new Date())).toBeInstanceOf(Array)
})
