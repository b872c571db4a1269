import { placeSale, type Sale, storeSale, wasFollowed } from '../../db/purchases/gumroad-sales.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { App } from '../http/app.ts'
import { openPurchase, syncPurchase } from './purchases.ts'

/**
 * Takes a sale: it is put on the book first, then its purchase begins, or is told. Again, it changes nothing.
 * @param named the purchase that the ping names
 * @throws Refused temporarily_unavailable when Temporal cannot be reached: send it again
 */
export async function handleSale(app: App, product: string, sale: Sale, named: string | null): Promise<void> {
  if (await wasFollowed(app.db, product, sale)) return
  const placed = await placeSale(app.db, policyOf(app.policies, product), sale, named, app.now())
  if (typeof placed === 'string') return storeSale(app.db, product, sale.id, null, placed)
  const { opening, references, ...which } = placed
  if (opening) await startPurchase(app, { ...which, opening, references })
  else await syncPurchase(app, which)
  await storeSale(app.db, product, sale.id, placed.id, 'followed')
}

/** What the policy does not sell that way is for operations to see, not for Gumroad to send again. */
async function startPurchase(app: App, input: Parameters<typeof openPurchase>[1]): Promise<void> {
  try {
    await openPurchase(app, input)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code === 'temporarily_unavailable') throw error
    app.logger.error(
      { purchase: input.id, refusal: error.refusal.code },
      'a sale of Gumroad makes no purchase',
    )
  }
}
