import { providerRefused, Refused } from '../../domain/shared/refusals.ts'
import type { PaymentProvider } from '../provider.ts'
import { saleToPaymentEvent } from './ping.ts'
import type { Gumroad } from './sales.ts'

/**
 * Sales on Gumroad's pages (MY-03). The page's address carries the purchase id, which the ping returns.
 * @param gumroad null without a token: sales cannot be polled, and refunds are manual
 */
export function gumroadCheckout(gumroad: Gumroad | null): PaymentProvider {
  if (!gumroad)
    return {
      checkout,
      refund: async ({ references }) => ({
        manual_step: `Refund the sale ${references.join(', ')} at Gumroad.`,
      }),
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
      if (!sale) throw providerRefused('No sale at Gumroad is known for this purchase.')
      // Gumroad has no idempotency keys, so compare with the amount that it has refunded already.
      if (sale.refunded === 'all' || (sale.refunded ?? 0) >= amount) return { manual_step: null }
      if (sale.price === null)
        return { manual_step: `Refund the ${sale.is_gift ? "giver's sale of" : 'sale'} ${sale.id} at Gumroad.` }
      if (await gumroad.refund(sale.id, amount >= sale.price ? null : amount)) return { manual_step: null }
      throw providerRefused(`Gumroad declined the refund of ${sale.id}.`)
    },
  }
}

const checkout: PaymentProvider['checkout'] = async ({ purchase, page, quantity }) => {
  if (page === null)
    throw new Refused({ code: 'not_configured', detail: 'The policy sets no gumroad page for this pack.' })
  const url = new URL(page)
  url.searchParams.set('wanted', 'true')
  if (quantity > 1) url.searchParams.set('quantity', String(quantity))
  url.searchParams.set('purchase', purchase)
  return { url: url.href, reference: null }
}
