import type { PaymentEvent } from '../domain/purchases/payment-facts.ts'
import type { Provider } from '../domain/purchases/purchase.ts'
import { Refused } from '../domain/shared/refusals.ts'

/**
 * A payment method. Optional methods are missing where the provider has no such API: a bank transfer cannot be polled.
 * Calls throw Refused provider_refused if a person must act, and temporarily_unavailable during an outage.
 */
export type PaymentProvider = {
  /** Opens a checkout page; the same key returns the same page. */
  checkout?(order: Order): Promise<{ url: string; reference: string | null }>
  /** Fetches all payment events of a purchase. */
  ask?(payment: { product: string; purchase: string; references: string[] }): Promise<PaymentEvent[]>
  /**
   * Refunds money, once per idempotency key.
   * @returns what a person must do, where no API refunds
   * @throws Refused provider_refused if it is final, temporarily_unavailable if the outcome is unknown
   */
  refund(order: RefundOrder): Promise<{ manual_step: string | null }>
}

export type Order = {
  product: string
  purchase: string
  account: string
  /** shown to the customer */
  description: string
  /** in minor units */
  amount: number
  currency: string
  payment_methods: string[]
  quantity: number
  /** the pack's page, for a provider that sells on its own pages */
  page: string | null
  /** a retry after several failures has another one */
  idempotency_key: string
}

export type RefundOrder = {
  purchase: string
  references: string[]
  /** in minor units */
  amount: number
  currency: string
  /** counts the refunds of the purchase; the provider reports it with the refund */
  number: number
  idempotency_key: string
}

/** The configured payment providers. */
export type Payments = Partial<Record<Provider, PaymentProvider>>

/** The environment variable that each optional provider needs. */
const REQUIRED_VARIABLES: Partial<Record<Provider, string>> = { stripe: 'STRIPE_SECRET_KEY' }

/** A configured provider. @throws Refused not_configured, with the missing variable */
export function configuredProvider(payments: Payments, provider: Provider): PaymentProvider {
  const found = payments[provider]
  if (found) return found
  const variable = REQUIRED_VARIABLES[provider]
  throw new Refused({
    code: 'not_configured',
    detail: variable
      ? `${variable} is not set, so ${provider} payments are unavailable.`
      : `${provider} payments are not configured.`,
  })
}
