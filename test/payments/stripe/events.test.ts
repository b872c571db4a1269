import { stripeEventsFor } from '../../../payments/stripe/events.ts'
import { startStripeStandIn } from '../../support/stand-ins/stripe.ts'

let stripe: Awaited<ReturnType<typeof startStripeStandIn>>

beforeAll(async () => {
  stripe = await startStripeStandIn()
})
afterAll(() => stripe?.stop())

it('all events of one window are read, over all pages, and the oldest come first', async () => {
  const now = Math.floor(Date.now() / 1000)
  const sent = Array.from({ length: 250 }, (_, i) =>
    stripe.event('charge.succeeded', 'ch_1', { created: now - 300 + i }),
  )
  const read = stripeEventsFor({ secretKey: 'sk_test_1', apiBase: stripe.url })
  const found = await read?.(new Date((now - 600) * 1000), new Date(now * 1000))
  expect(found?.map(({ id }) => id)).toEqual(sent.map(({ id }) => id))
})
