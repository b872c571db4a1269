import type { Db } from '../db/core/command.ts'
import { insertPaymentEvent } from '../db/purchases/payment-events.ts'
import type { Provider, Purchase } from '../domain/purchases/purchase.ts'
import { invalidRequest, Refused } from '../domain/shared/refusals.ts'
import { type Payments, RefundDeclined } from '../payments/provider.ts'

/** Gives money back. @param last what keeps it from it is final, also where trying again might help */
export async function pay(
  payments: Payments,
  provider: Provider,
  last: boolean,
  order: Parameters<NonNullable<Payments[Provider]>['refund']>[0],
): Promise<{ manual_step: string | null } | { failed: string }> {
  const payer = payments[provider]
  if (!payer) return { failed: `${provider} is not configured.` }
  try {
    return await payer.refund(order)
  } catch (error) {
    if (error instanceof RefundDeclined || (last && error instanceof Refused))
      return { failed: error.message }
    throw error
  }
}

/** Money that somebody saw. @throws Refused invalid_request where the provider itself says what was paid */
export async function rememberPayment(
  db: Db,
  which: { product: string; id: string },
  before: Purchase,
  reference: string,
): Promise<void> {
  const { provider, amount, currency } = before
  if (provider === 'stripe' || provider === 'gumroad')
    throw invalidRequest('purchase', `is paid through ${provider}, which says itself what was paid`)
  await insertPaymentEvent(
    db,
    { product: which.product, provider, event_id: `by-hand/${which.id}/${reference}` },
    { purchase: which.id, references: [reference], paid: { amount, currency, at: null } },
  )
}
