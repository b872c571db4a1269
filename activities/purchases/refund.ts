import { referencesByMoney } from '../../domain/purchases/judgement.ts'
import type { Purchase } from '../../domain/purchases/purchase.ts'
import { refundFailed, refundPaid } from '../../domain/purchases/refunds/terms.ts'
import { isTemporary, providerRefused, Refused } from '../../domain/shared/refusals.ts'
import { loadContext, loadPurchase, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { applyEvents } from './payments.ts'
import { stepKey, transition } from './transition.ts'

type Outcome = { manual_step: string | null } | { failed: Refused }

/** Pays the pending refund back. @param isLastTry an outage of the provider is final then, and the credits come back */
export async function payPendingRefund(deps: PurchaseDeps, ref: PurchaseRef, isLastTry: boolean): Promise<void> {
  const { status } = await loadPurchase(deps, ref)
  if (status.refund?.state !== 'pending') return
  const outcome = await pay(deps, ref, status, status.refund, isLastTry)
  const context = await loadContext(deps, ref)
  await transition(deps, ref, context, stepKey(ref, 'refund'), before =>
    'failed' in outcome
      ? refundFailed(before, outcome.failed, context.at)
      : refundPaid(before, outcome.manual_step, context.at),
  )
  // The provider may have reported meanwhile that the refund failed.
  await applyEvents(deps, ref)
}

async function pay(
  deps: PurchaseDeps,
  ref: PurchaseRef,
  { provider, currency }: Purchase,
  { amount, number }: NonNullable<Purchase['refund']>,
  isLastTry: boolean,
): Promise<Outcome> {
  const { references: all, facts } = await loadContext(deps, ref)
  const references = [...new Set([...referencesByMoney(facts), ...all])]
  const idempotency_key = `refund/${ref.id}/${number}`
  if (amount === 0) return { manual_step: null }
  const payer = deps.payments[provider]
  if (!payer) return { failed: providerRefused(`${provider} is not configured.`) }
  try {
    return await payer.refund({ purchase: ref.id, references, amount, currency, number, idempotency_key })
  } catch (error) {
    if (error instanceof Refused && (isLastTry || !isTemporary(error))) return { failed: error }
    throw error
  }
}
