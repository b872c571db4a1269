import type { Purchase } from '../../../domain/purchases/purchase.ts'
import type { SimulatedEvent } from './test-checkout-page.ts'

/** The ping that Gumroad would send for a simulated sale. */
export function simulatedPing(
  event: SimulatedEvent,
  id: string,
  { amount, quantity }: Purchase,
  page: string,
): URLSearchParams {
  return new URLSearchParams({
    sale_id: `test-${id}`,
    product_permalink: page,
    price: String(amount),
    currency: 'usd',
    quantity: String(quantity),
    test: 'true',
    refunded: String(event === 'refund'),
    disputed: String(event === 'dispute' || event === 'win'),
    dispute_won: String(event === 'win'),
    'url_params[purchase]': id,
  })
}
