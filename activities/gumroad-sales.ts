import type { Db } from '../db/core/command.ts'
import { type PlacedSale, placeSale, storeSale, wasFollowed } from '../db/purchases/gumroad-sales.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { saleToPaymentEvent } from '../payments/gumroad/ping.ts'
import type { Gumroad, GumroadSale } from '../payments/gumroad/sales.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'

export type GumroadActivities = ReturnType<typeof gumroadActivities>
export type { PlacedSale }

/** So far back Gumroad is asked: pings are sent again for three hours, and a refund may come days later. */
const DAYS_BACK = 35
const DAY_MS = 24 * 3_600_000
/** A ping comes within seconds; what it tells is better than what is found, since it names the purchase. */
const LEAVE_TO_PINGS_MS = 10 * 60_000
/** Purchases at a time, so that no history gets too long. */
const MOST = 50

/** Asks Gumroad for what its pings did not tell. */
export function gumroadActivities({
  db,
  policies,
  now,
  gumroad,
}: {
  db: Db
  policies: Policies
  now: () => Date
  gumroad: Gumroad | null
}) {
  /** What is left to do for a sale; null when that is nothing. */
  async function place(policy: Policy, sale: GumroadSale): Promise<PlacedSale | null> {
    const told = { ...sale, news: saleToPaymentEvent(sale) }
    if (await wasFollowed(db, policy.product, told)) return null
    const placed = await placeSale(db, policy, told, null, now())
    if (typeof placed !== 'string') return placed
    await storeSale(db, policy.product, sale.id, null, placed)
    return null
  }

  return {
    /**
     * The purchases of sales that no ping told of, or not all; what they tell is on the book by then.
     * @param since earlier sales are none of ours
     */
    findMissedSales: ({ product, since }: { product: string; since: string }): Promise<PlacedSale[]> =>
      mapRefusals(async () => {
        const policy = policyOf(policies, product)
        const back = new Date(now().getTime() - DAYS_BACK * DAY_MS).toISOString()
        const from = back > since ? back : since
        const until = now().getTime() - LEAVE_TO_PINGS_MS
        const missed: PlacedSale[] = []
        let page: string | undefined
        while (gumroad && missed.length < MOST) {
          const { sales, next } = await gumroad.sales(from.slice(0, 10), page)
          for (const sale of sales) {
            const made = Date.parse(sale.created_at)
            const placed = made < Date.parse(from) || made > until ? null : await place(policy, sale)
            if (placed) missed.push(placed)
          }
          if (next === null) break
          page = next
        }
        return missed
      }),

    /** Remembers that the purchases of these sales were told. */
    markSalesProcessed: async (placed: PlacedSale[]): Promise<void> => {
      for (const { product, id, references } of placed)
        for (const sale of references) await storeSale(db, product, sale, id, 'followed')
    },
  }
}
