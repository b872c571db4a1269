import { policyOf } from '../../platform/policy-store.ts'
import { loadContext, loadPurchase, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { stepKey, transition } from './transition.ts'

/**
 * A provider repeats its own failure under the same idempotency key, so after three tries another key is used. A page that
 * was opened although its answer was lost is never shown, and expires.
 */
const TRIES_PER_KEY = 3

/** Opens the provider's payment page. @param tries how often that has failed before */
export async function openPage(deps: PurchaseDeps, ref: PurchaseRef, tries: number): Promise<void> {
  const { status } = await loadPurchase(deps, ref)
  // A workflow that is behind the ledger may not know that the page is open.
  if (status.checkout_url) return
  const policy = policyOf(deps.policies, ref.product)
  const page = await deps.payments[status.provider]?.checkout?.({
    ...ref,
    purchase: ref.id,
    description: `${status.terms.name} × ${status.quantity}`,
    amount: status.amount,
    currency: status.currency,
    payment_methods: policy.purchases.payment_methods,
    quantity: status.quantity,
    page: policy.packs[status.pack]?.gumroad ?? null,
    idempotency_key: `checkout/${ref.id}/${Math.floor(tries / TRIES_PER_KEY)}`,
  })
  if (!page) return
  const context = await loadContext(deps, ref)
  const ready = { at: context.at, what: 'checkout_ready' }
  const references = page.reference === null ? [] : [page.reference]
  await transition(
    deps,
    ref,
    context,
    stepKey(ref, 'checkout'),
    before => ({
      purchase: { ...before, checkout_url: page.url },
      effects: [],
      events: before.checkout_url ? [] : [ready],
    }),
    references,
  )
}
