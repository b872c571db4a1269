import type { GumroadSale } from './sale.ts'
import type { Gumroad } from './sales.ts'

/**
 * The sale of a gift whose credits a refund or dispute takes: Gumroad reports the giver's, and the recipient's brought the
 * credits. Other sales, and those whose recipient cannot be told, are unchanged.
 */
export async function followGift(gumroad: Gumroad, sale: GumroadSale): Promise<GumroadSale> {
  const wentBack = sale.refunded !== 0 || sale.dispute !== null
  return sale.is_giver && wentBack ? ((await gumroad.recipientOf(sale.id)) ?? sale) : sale
}
