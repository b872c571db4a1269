import { configuredProvider } from '../../payments/provider.ts'
import { paymentsFor } from '../../payments/providers.ts'
import { refusalOf } from '../domain/policy/example-policy.ts'

const production = paymentsFor({ stripe: {}, gumroad: null, nodeEnv: 'production' })

test('the refusal names a missing key, not the policy', () => {
  expect(refusalOf(() => configuredProvider(production, 'stripe'))).toEqual({
    code: 'not_configured',
    detail: 'STRIPE_SECRET_KEY is not set, so stripe payments are unavailable.',
  })
})

test('the refusal names a pack without a page at Gumroad', async () => {
  const order = { purchase: 'p', page: null, quantity: 1 } as never
  await expect(production.gumroad?.checkout?.(order)).rejects.toMatchObject({
    refusal: { code: 'not_configured', detail: 'The policy sets no gumroad page for this pack.' },
  })
})

test.each(['manual', 'bank_transfer'] as const)('a manual refund by %s states the amount', async provider => {
  const order = {
    purchase: 'p',
    references: [],
    amount: 1999,
    currency: 'USD',
    number: 1,
    idempotency_key: 'k',
  }
  expect(await production[provider]?.refund(order)).toEqual({ manual_step: 'Refund $19.99 for p.' })
})
