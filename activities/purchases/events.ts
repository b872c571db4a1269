import { latestCode } from '../../db/codes/codes.ts'
import { readUnusedCredits } from '../../db/codes/unused-credits.ts'
import { findResult } from '../../db/core/idempotency.ts'
import { purchaseEventKey } from '../../db/purchases/purchases.ts'
import { replaceCode, resendCode } from '../../domain/codes/purchase-codes.ts'
import { reissue, reportMissing } from '../../domain/purchases/fulfilment.ts'
import type { PurchaseMessage } from '../../domain/purchases/message.ts'
import { applyPaymentFacts, closePurchase } from '../../domain/purchases/payments.ts'
import { type Purchase, type PurchaseStep, stepTo } from '../../domain/purchases/purchase.ts'
import { requestExceptionalRefund } from '../../domain/purchases/refunds/exceptions.ts'
import { requestRefund } from '../../domain/purchases/refunds/terms.ts'
import { loadContext, loadPurchase, type PurchaseContext, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { applyEvents, askProvider, grantIfOwed, ignoreRefusal, recordManualPayment } from './payments.ts'
import { transition } from './transition.ts'

/** Applies an event that a product, support or an operator sent. It happens once for each event id. */
export async function applyEvent(
  deps: PurchaseDeps,
  ref: PurchaseRef,
  message: PurchaseMessage,
  event_id: string,
): Promise<void> {
  const { kind } = message
  const { status } = await loadPurchase(deps, ref)
  if (kind === 'payment') await recordManualPayment(deps, ref, status, message.reference)
  const isAsked = (kind === 'missing' || kind === 'refund') && (await ask(deps, ref))
  // A payment that the provider refunded already, or that is disputed, must not be refunded again.
  if (kind === 'refund') await applyEvents(deps, ref)
  const context = await loadContext(deps, ref)
  const key = { key: purchaseEventKey(ref.id, event_id), event: message }
  const isRepeated = (await findResult(deps.db, context.account.account_key, key.key)) !== null
  // By now the rules might refuse a repeated event; the ledger answers it as at first.
  await transition(deps, ref, context, key, before =>
    isRepeated ? stepTo(before) : decide(deps, ref, message, context, isAsked, before),
  )
  await grantIfOwed(deps, ref)
}

async function ask(deps: PurchaseDeps, ref: PurchaseRef): Promise<boolean> {
  const { references } = await loadContext(deps, ref)
  return askProvider(deps, ref, references).catch(ignoreRefusal)
}

async function decide(
  { db }: PurchaseDeps,
  { product, id }: PurchaseRef,
  message: PurchaseMessage,
  { facts, at, account }: PurchaseContext,
  isAsked: boolean,
  before: Purchase,
): Promise<PurchaseStep> {
  switch (message.kind) {
    case 'payment':
      return applyPaymentFacts(before, facts, at)
    case 'missing':
      return reportMissing(before, facts, isAsked ? 'asked' : 'nobody_to_ask', at)
    case 'reissue':
      return reissue(before, facts, at)
    case 'refund': {
      const left = await readUnusedCredits(
        db,
        { product, purchase: id, account_key: account.account_key, status: before },
        at,
      )
      const { exception, reason } = message
      return exception
        ? requestExceptionalRefund(before, exception, reason, at)
        : requestRefund(before, left, reason, at)
    }
    case 'resend_code':
    case 'replace_code': {
      const code = await latestCode(db, product, id)
      const change = message.kind === 'resend_code' ? resendCode : replaceCode
      return change(before, code?.state ?? null, at)
    }
    case 'close':
      return closePurchase(before, at)
    case 'acknowledged':
      return { purchase: { ...before, attention: null }, effects: [], events: [{ at, what: 'acknowledged' }] }
  }
}
