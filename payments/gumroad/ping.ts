import { z } from 'zod'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { currencyCode, type GumroadSale, permalinkOf } from './sale.ts'

/** The content of a ping. Pings are unsigned: with a Gumroad token, only the sale's id and the purchase are used. */
export type GumroadPing = {
  sale: GumroadSale
  /** url_params[purchase], from the page's address */
  purchase: string | null
  /** the seller's own test purchase */
  is_test: boolean
}

const flag = z
  .string()
  .optional()
  .transform(text => text === 'true')
/** Null: missing or unreadable. An unreadable field never loses the sale. */
const cents = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number)
  .nullish()
  .catch(null)
const text = (longest: number) => z.string().min(1).max(longest).optional().catch(undefined)

const pingShape = z.object({
  sale_id: z.string().regex(/^[\w=+-]{1,100}$/, 'is not an id'),
  permalink: text(300),
  product_permalink: text(300),
  short_product_id: text(300),
  email: z.email().max(254).nullish().catch(null),
  /** of the product's price; the amounts are US cents */
  currency: currencyCode,
  price: cents,
  gift_price: cents,
  quantity: z.coerce.number().pipe(z.int().min(1)).catch(1),
  sale_timestamp: text(40),
  resource_name: text(40),
  test: flag,
  refunded: flag,
  disputed: flag,
  dispute_won: flag,
  is_gift_receiver_purchase: flag,
  is_preorder_authorization: flag,
  'url_params[purchase]': text(200),
})

/** Parses a ping, the form that Gumroad posts. @throws Refused invalid_request */
export function readPing(form: string): GumroadPing {
  const fields = new URLSearchParams(form)
  const parsed = pingShape.safeParse(Object.fromEntries(fields))
  if (!parsed.success)
    throw invalidRequest(parsed.error.issues[0]?.path.join('.') || '(body)', 'must be a Gumroad ping')
  const ping = parsed.data
  const { refunded, disputed, dispute_won, is_gift_receiver_purchase: is_gift } = ping
  const currency = ping.currency ?? (fields.has('currency') ? null : 'USD')
  const price = currency === 'USD' ? ((is_gift ? ping.gift_price : ping.price) ?? null) : null
  return {
    sale: {
      id: ping.sale_id,
      permalinks: [ping.product_permalink, ping.permalink, ping.short_product_id].flatMap(page =>
        page === undefined ? [] : [permalinkOf(page)],
      ),
      email: ping.email ?? null,
      quantity: ping.quantity,
      currency,
      price,
      refunded: refunded ? (price ?? 'all') : ping.resource_name === 'refund' ? null : 0,
      dispute: dispute_won ? 'won' : disputed ? 'open' : null,
      created_at: ping.sale_timestamp ?? '',
      is_giver: false,
      is_gift,
      is_preorder: ping.is_preorder_authorization,
      is_follow_up: refunded || disputed || dispute_won || (ping.resource_name ?? 'sale') !== 'sale',
    },
    purchase: ping['url_params[purchase]'] ?? null,
    is_test: ping.test,
  }
}

/** The payment event of a sale. */
export function saleToPaymentEvent({ id, price, currency, quantity, refunded, dispute }: GumroadSale): PaymentEvent {
  return {
    purchase: null,
    references: [id],
    paid: { amount: price, currency, at: null, quantity },
    ...(refunded === 0 ? {} : { refunded: { amount: refunded, of: price } }),
    ...(dispute ? { dispute: { id, amount: price ?? Number.MAX_SAFE_INTEGER, status: dispute } } : {}),
  }
}
