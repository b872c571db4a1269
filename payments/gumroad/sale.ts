import { z } from 'zod'

/** A sale's current state at Gumroad. Money in US cents, as Gumroad reports it whatever the product's currency is. */
export type GumroadSale = {
  id: string
  /** the product's custom permalink, if any, and its own: the last parts of the addresses that its page has */
  permalinks: string[]
  /** null if the ping has none */
  email: string | null
  quantity: number
  /** of the product's price; null where only its symbol is known */
  currency: string | null
  /** null where unknown: the API shows a gift's price at the giver's sale only, and US cents of another currency change daily */
  price: number | null
  /** `all` of an unknown price; null where the amount is unknown */
  refunded: number | 'all' | null
  dispute: 'open' | 'won' | null
  created_at: string
  /** the giver's sale of a gift; the recipient's sale brings the credits (MY-10) */
  is_giver: boolean
  is_gift: boolean
  /** a preorder, which is charged later by a sale of its own */
  is_preorder: boolean
  /** a ping of a refund or dispute; without the API it does not tell whether the sale is a giver's */
  is_follow_up: boolean
}

const text = z.string().nullish().catch(null)
/** ISO 4217 */
export const currencyCode = z
  .string()
  .regex(/^[a-z]{3}$/i)
  .transform(code => code.toUpperCase())
  .nullish()
  .catch(null)
const flag = z.boolean().catch(false)

/** A sale in an answer of the API. An unreadable field never loses the sale. */
export const saleShape = z.object({
  id: z.string().min(1),
  email: text,
  giftee_email: text,
  gifter_email: text,
  product_id: text,
  product_permalink: text,
  price: z.int().min(0).nullish().catch(null),
  /** missing in older answers, which have the symbol only */
  currency: currencyCode,
  currency_symbol: text,
  quantity: z.int().min(1).catch(1),
  created_at: z.string().catch(''),
  refunded: flag,
  partially_refunded: flag,
  // In the product's currency, with separators of thousands: 1,234.50
  amount_refundable_in_currency: z.coerce
    .string()
    .regex(/^\d{1,3}(,?\d{3})*(\.\d+)?$/)
    .transform(amount => Number(amount.replaceAll(',', '')))
    .nullable()
    .catch(null),
  disputed: flag,
  chargedback: flag,
  dispute_won: flag,
  is_gift_sender_purchase: flag,
  is_gift_receiver_purchase: flag,
  is_preorder_authorization: flag,
})

export type WireSale = z.infer<typeof saleShape>

/** @param pages the permalinks of the product's page */
export function saleOf(sale: WireSale, pages: string[]): GumroadSale {
  const { is_gift_receiver_purchase: is_gift, product_permalink } = sale
  const currency = currencyOf(sale)
  const price = is_gift || currency !== 'USD' ? null : (sale.price ?? null)
  return {
    id: sale.id,
    permalinks: [...pages, ...(product_permalink ? [permalinkOf(product_permalink)] : [])],
    email: sale.email ?? null,
    quantity: sale.quantity,
    currency,
    price,
    refunded: sale.refunded ? (price ?? 'all') : sale.partially_refunded ? partRefunded(sale, price) : 0,
    dispute: sale.dispute_won ? 'won' : sale.disputed || sale.chargedback ? 'open' : null,
    created_at: sale.created_at,
    is_giver: sale.is_gift_sender_purchase,
    is_gift,
    is_preorder: sale.is_preorder_authorization,
    is_follow_up: false,
  }
}

/** https://seller.gumroad.com/l/name → name */
export function permalinkOf(page: string): string {
  return page.split('?')[0]?.split('/').at(-1) ?? page
}

/** Gumroad's symbol of US dollars is $ alone: others are A$, CAD$ and so on. */
function currencyOf({ currency, currency_symbol }: WireSale): string | null {
  if (currency) return currency
  return !currency_symbol || currency_symbol === '$' ? 'USD' : null
}

/** @returns null where the price or the amount that is left is unknown */
function partRefunded({ amount_refundable_in_currency: left }: WireSale, price: number | null) {
  return left === null || price === null ? null : Math.max(0, price - Math.round(left * 100))
}
