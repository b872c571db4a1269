import { loadBuyer } from '../../db/purchases/buyer.ts'
import { purchaseOpenKey } from '../../db/purchases/purchases.ts'
import { transferReference } from '../../domain/purchases/bank-transfer.ts'
import { pickRandomCredits, sell } from '../../domain/purchases/packs.ts'
import { beginPurchase, type Provider, type Purchase, type PurchaseStep } from '../../domain/purchases/purchase.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { configuredProvider } from '../../payments/provider.ts'
import { loadContext, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { applyEvents } from './payments.ts'
import { transitionOrOpen } from './transition.ts'

/** The order. Without personal data, because it stays in the workflow's history. */
export type PurchaseOpening = {
  pack: string
  quantity: number
  provider: Provider
  payment_method?: string | undefined
  /** a digest of the whole request, to recognise another one under the same id */
  fingerprint: string
}

/** Records the order, and applies payment events that arrived before it. @param random in [0, 1) */
export async function open(
  deps: PurchaseDeps,
  random: () => number,
  ref: PurchaseRef,
  opening: PurchaseOpening,
  references: string[],
): Promise<void> {
  const context = await loadContext(deps, ref)
  const { account, policy, at } = context
  const own = opening.provider === 'bank_transfer' ? [transferReference(ref.id)] : []
  if (!policy.purchases.providers.includes(opening.provider))
    throw invalidRequest('provider', `must be one of ${policy.purchases.providers.join(', ')}`)
  configuredProvider(deps.payments, opening.provider)
  const key = { key: purchaseOpenKey(ref.id), event: opening.fingerprint }
  const begin = async (before: Purchase | null): Promise<PurchaseStep> => {
    if (before) return { purchase: before, effects: [], events: [] }
    const sale = sell(policy, await loadBuyer(deps.db, account, at), opening)
    const credits = pickRandomCredits(sale, random())
    return beginPurchase(sale, { ...opening, credits, time_zone: account.time_zone }, at)
  }
  await transitionOrOpen(deps, ref, context, key, begin, [...own, ...references])
  await applyEvents(deps, ref)
}
