import { isSaleProcessed, placeSale, type Sale, storeSale } from '../../db/purchases/gumroad-sales.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { App } from '../http/app.ts'
import { openPurchase, syncPurchase } from './purchases.ts'

/**
 * Starts or updates the purchase of a sale, then stores the sale; repeating it changes nothing.
 * @param named the purchase that the ping names
 * @throws Refused temporarily_unavailable if Temporal is unavailable; Gumroad retries
 */
export async function handleSale(app: App, product: string, sale: Sale, named: string | null): Promise<void> {
  if (await isSaleProcessed(app.db, product, sale)) return
  const placed = await placeSale(app.db, policyOf(app.policies, product), sale, named, app.now())
  if (typeof placed === 'string') return storeSale(app.db, product, sale.id, null, placed)
  const { opening, references, ...ref } = placed
  if (opening) await startPurchase(app, { ...ref, opening, references })
  else await syncPurchase(app, ref)
  await storeSale(app.db, product, sale.id, placed.id, 'processed')
}

/** Logs a sale that the policy does not allow: a retry by Gumroad would not help. */
async function startPurchase(app: App, input: Parameters<typeof openPurchase>[1]): Promise<void> {
  try {
    await openPurchase(app, input)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code === 'temporarily_unavailable') throw error
    app.logger.error({ purchase: input.id, refusal: error.refusal.code }, 'gumroad: sale refused by the policy')
  }
}
