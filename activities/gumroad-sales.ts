import type { Db } from '../db/core/command.ts'
import { readPosition, savePosition } from '../db/operations/positions.ts'
import { isSaleProcessed, type PlacedSale, placeSale, storeSale } from '../db/purchases/gumroad-sales.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { followGift } from '../payments/gumroad/gifts.ts'
import { saleToPaymentEvent } from '../payments/gumroad/ping.ts'
import type { GumroadSale } from '../payments/gumroad/sale.ts'
import type { Gumroad } from '../payments/gumroad/sales.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { raisingPollRefusals } from './attention.ts'

export type GumroadActivities = ReturnType<typeof gumroadActivities>
export type { PlacedSale }

const SCHEDULE = 'gumroad-sales'
/** How far back Gumroad is polled: pings are retried for minutes, but a refund may follow days later. */
const DAYS_BACK = 35
const DAY_MS = 24 * 3_600_000
/** Newer sales are left to their pings, which arrive within seconds and name the purchase. */
const LEAVE_TO_PINGS_MS = 10 * 60_000
/** Purchases per step, which keeps histories short. */
const MOST_SALES = 50

/** Finds sales at Gumroad whose pings were lost. */
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
  /** @returns null where nothing is left to do for the sale */
  async function place(gumroad: Gumroad, policy: Policy, found: GumroadSale): Promise<PlacedSale | null> {
    const sale = await followGift(gumroad, found)
    const withEvent = { ...sale, event: saleToPaymentEvent(sale) }
    if (await isSaleProcessed(db, policy.product, withEvent)) return null
    const placed = await placeSale(db, policy, withEvent, null, now())
    if (typeof placed !== 'string') return placed
    await storeSale(db, policy.product, sale.id, null, placed)
    return null
  }

  async function firstPoll(product: string): Promise<string> {
    const schedule = `${SCHEDULE}/${product}`
    const known = await readPosition(db, schedule)
    if (known) return known
    const at = now().toISOString()
    await savePosition(db, schedule, at)
    return at
  }

  return {
    /**
     * Finds sales that pings missed, or reported in part, and records their payment events.
     * @param since ISO 8601; earlier sales are ignored. By default the time of the first poll
     */
    findMissedSales: ({ product, since }: { product: string; since?: string }): Promise<PlacedSale[]> =>
      raisingPollRefusals(db, [product], SCHEDULE, now(), async () => {
        const policy = policyOf(policies, product)
        const first = since ?? (await firstPoll(product))
        const back = new Date(now().getTime() - DAYS_BACK * DAY_MS).toISOString()
        const from = back > first ? back : first
        const until = now().getTime() - LEAVE_TO_PINGS_MS
        const missed: PlacedSale[] = []
        let page: string | undefined
        while (gumroad && missed.length < MOST_SALES) {
          const { sales, next } = await gumroad.sales(from.slice(0, 10), page)
          for (const sale of sales) {
            const made = Date.parse(sale.created_at)
            const placed = made < Date.parse(from) || made > until ? null : await place(gumroad, policy, sale)
            if (placed) missed.push(placed)
          }
          if (next === null) break
          page = next
        }
        return missed
      }),

    /** Records that the purchases of these sales were signalled. */
    markSalesProcessed: async (placed: PlacedSale[]): Promise<void> => {
      for (const { product, id, references } of placed)
        for (const sale of references) await storeSale(db, product, sale, id, 'processed')
    },
  }
}
