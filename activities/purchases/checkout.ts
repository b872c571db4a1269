import { allowPage, pageOpened, pageRefused } from '../../domain/purchases/checkout.ts'
import { methodsOfOrder } from '../../domain/purchases/payment-methods.ts'
import { stepTo } from '../../domain/purchases/purchase.ts'
import { isTemporary, Refused } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import { loadContext, loadPurchase, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { stepKey, transition } from './transition.ts'

/**
 * A provider repeats its own failure under the same idempotency key, so after three tries another key is used. A page that
 * was opened although its answer was lost is never shown, and expires.
 */
const TRIES_PER_KEY = 3

/**
 * Opens the provider's payment page. A refusal raises attention.
 * @param tries how often that has failed before
 * @throws Refused temporarily_unavailable
 */
export async function openPage(deps: PurchaseDeps, ref: PurchaseRef, tries: number): Promise<void> {
  const { status } = await loadPurchase(deps, ref)
  // A workflow that is behind the ledger may have missed that the page is open.
  if (status.checkout_url) return
  const policy = policyOf(deps.policies, ref.product)
  const key = (status.checkout_refusals ?? 0) * TRIES_PER_KEY + tries
  try {
    const page = await deps.payments[status.provider]?.checkout?.({
      ...ref,
      purchase: ref.id,
      description: `${status.terms.name} × ${status.quantity}`,
      amount: status.amount,
      currency: status.currency,
      payment_methods: methodsOfOrder(policy, status),
      quantity: status.quantity,
      page: policy.packs[status.pack]?.gumroad ?? null,
      idempotency_key: `checkout/${ref.id}/${Math.floor(key / TRIES_PER_KEY)}`,
    })
    if (page) await savePage(deps, ref, page)
  } catch (error) {
    if (!(error instanceof Refused) || isTemporary(error)) throw error
    const context = await loadContext(deps, ref)
    await transition(deps, ref, context, stepKey(ref, 'checkout'), before => pageRefused(before, error.message))
  }
}

async function savePage(deps: PurchaseDeps, ref: PurchaseRef, { url, reference }: Page): Promise<void> {
  const context = await loadContext(deps, ref)
  const references = reference === null ? [] : [reference]
  const opened = stepKey(ref, 'checkout')
  await transition(deps, ref, context, opened, before => pageOpened(before, url, context.at), references)
}

type Page = { url: string; reference: string | null }

/** Lets a refused page be tried again. */
export async function retryPage(deps: PurchaseDeps, ref: PurchaseRef): Promise<void> {
  const context = await loadContext(deps, ref)
  await transition(deps, ref, context, stepKey(ref, 'retry'), before => stepTo(allowPage(before)))
}
