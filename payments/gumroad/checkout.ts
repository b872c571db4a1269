import { Refused } from '../../domain/shared/refusals.ts'
import { type PaymentProvider, RefundDeclined } from '../provider.ts'
import { saleToPaymentEvent } from './ping.ts'
import type { Gumroad } from './sales.ts'

/**
 * Sales on Gumroad's pages (MY-03): the customer pays there, and the ping names the purchase that the address named.
 * @param gumroad null where there is no token: then nobody can be asked, and money is given back by hand
 */
export function gumroadCheckout(gumroad: Gumroad | null): PaymentProvider {
  const checkout: PaymentProvider['checkout'] = async ({ purchase, page, quantity }) => {
    if (page === null)
      throw new Refused({
        code: 'not_configured',
        detail: 'The policy names no page of this pack at Gumroad.',
      })
    const url = new URL(page)
    url.searchParams.set('wanted', 'true')
    if (quantity > 1) url.searchParams.set('quantity', String(quantity))
    url.searchParams.set('purchase', purchase)
    return { url: url.href, reference: null }
  }
  if (!gumroad)
    return {
      checkout,
      refund: async ({ references }) => ({ by_hand: `Refund the sale ${references.join(', ')} at Gumroad.` }),
    }
  return {
    checkout,
    async ask({ references }) {
      const sales = await Promise.all(references.map(id => gumroad.sale(id)))
      return sales.flatMap(sale => (sale ? [saleToPaymentEvent(sale)] : []))
    },
    async refund({ references, amount }) {
      const [id] = references
      const sale = id === undefined ? null : await gumroad.sale(id)
      if (!sale) throw new RefundDeclined('Nothing names the sale at Gumroad.')
      // Gumroad knows no idempotency key: what it has given back already is not given back again.
      if (sale.refunded >= amount) return { by_hand: null }
      if (sale.price === null) return { by_hand: `Refund the giver's sale of ${sale.id} at Gumroad.` }
      if (await gumroad.refund(sale.id, amount >= sale.price ? null : amount)) return { by_hand: null }
      throw new RefundDeclined(`Gumroad says no to a refund of ${sale.id}.`)
    },
  }
}
