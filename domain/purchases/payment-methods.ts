import { z } from 'zod'
import type { Policy } from '../policy/policy.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { named } from '../shared/shapes.ts'
import type { Provider } from './purchase.ts'

/** A way to pay that customers are offered. */
export const paymentMethodShape = named('PaymentMethod', {
  id: z.string(),
  provider: z.string(),
})
export type PaymentMethod = { id: string; provider: 'stripe' | 'bank_transfer' }

/** The payment methods on offer at a time, in the policy's order (KV-17). @param at ISO 8601 */
export function methodsAt({ purchases }: Policy, at: string): PaymentMethod[] {
  return Object.entries(purchases.payment_methods)
    .filter(([, { available_from }]) => isAvailable(available_from, at))
    .map(([id, { provider }]) => ({ id, provider }))
}

function isAvailable(from: string | null | undefined, at: string): boolean {
  return from === undefined || (from !== null && Date.parse(from) <= Date.parse(at))
}

type Asked = { provider?: Provider | undefined; payment_method?: string | undefined }

/** The provider of an order: that of its payment method, or else the default. @throws Refused invalid_request */
export function providerFor(policy: Policy, { provider, payment_method }: Asked, at: string): Provider {
  const methods = methodsAt(policy, at)
  if (payment_method !== undefined) {
    const method = methods.find(({ id }) => id === payment_method)
    const offered = methods.map(({ id }) => id).join(', ') || '(none)'
    if (!method) throw invalidRequest('payment_method', `must be one of ${offered}`)
    if (provider && provider !== method.provider)
      throw invalidRequest('provider', `must be ${method.provider}, or left out`)
    return method.provider
  }
  const chosen = provider ?? policy.purchases.providers[0]
  if (!chosen) throw invalidRequest('provider', 'is required: the policy has no default')
  const own = Object.values(policy.purchases.payment_methods).filter(method => method.provider === chosen)
  if (own.length > 0 && !methods.some(method => method.provider === chosen))
    throw invalidRequest('provider', `must offer a payment method; those of ${chosen} are not available yet`)
  return chosen
}

/** The methods that the provider's page offers for an order; empty: as set at the provider. */
export function methodsOfOrder(
  policy: Policy,
  { provider, payment_method, bought_at }: { provider: Provider; payment_method?: string; bought_at: string },
): string[] {
  if (payment_method !== undefined) return [payment_method]
  return methodsAt(policy, bought_at)
    .filter(method => method.provider === provider)
    .map(({ id }) => id)
}
