import type { Purchase } from '../../../domain/purchases/purchase.ts'
import type { SimulatedEvent } from './test-checkout-page.ts'

/** What Gumroad would post of a sale that was played on the test page: paid, and what became of it. */
export function testPing(
  act: SimulatedEvent,
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
    refunded: String(act === 'refund'),
    disputed: String(act === 'dispute' || act === 'win'),
    dispute_won: String(act === 'win'),
    'url_params[purchase]': id,
  })
}
