import type { PaymentEvent } from '../domain/purchases/payment-facts.ts'
import type { Provider } from '../domain/purchases/purchase.ts'

/** A way to pay. What it cannot do it leaves out: nobody can be asked whether a bank transfer came. */
export type PaymentProvider = {
  /** Opens a page on which the customer pays; again under the same key it is the same page. */
  checkout?(order: Order): Promise<{ url: string; reference: string | null }>
  /** How the payment of a purchase stands now. */
  ask?(payment: { product: string; purchase: string; references: string[] }): Promise<PaymentEvent[]>
  /**
   * Gives money back, once per idempotency key.
   * @returns what somebody has to do for it, where no machine does it
   * @throws RefundDeclined when it never will; Refused temporarily_unavailable when it may have
   */
  refund(order: RefundOrder): Promise<{ by_hand: string | null }>
}

export type Order = {
  product: string
  purchase: string
  account: string
  /** what the customer reads */
  description: string
  /** in minor units */
  amount: number
  currency: string
  payment_methods: string[]
  quantity: number
  /** where the pack is sold, for a provider that sells on pages of its own */
  page: string | null
  /** makes the call happen once; another attempt after several failures has a key of its own */
  idempotency_key: string
}

export type RefundOrder = {
  purchase: string
  references: string[]
  amount: number
  currency: string
  idempotency_key: string
}

/** The ways to pay that are configured. */
export type Payments = Partial<Record<Provider, PaymentProvider>>

/** The provider will not give this money back, whoever asks again. */
export class RefundDeclined extends Error {
  override name = 'RefundDeclined'
}
