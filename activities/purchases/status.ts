import { timeOf } from '../../db/accounts/accounts.ts'
import { keepAttention } from '../../db/attention/raise.ts'
import { listPaymentEvents } from '../../db/purchases/payment-events.ts'
import { findPurchase, type PurchaseRecord, purchaseTimeline } from '../../db/purchases/purchases.ts'
import { needsPage } from '../../domain/purchases/checkout.ts'
import { reducePaymentEvents } from '../../domain/purchases/payment-facts.ts'
import { attentionAfterClosing } from '../../domain/purchases/payments.ts'
import { isOpen, isOwed, needsEmail, nextDueOf, type PurchaseState } from '../../domain/purchases/purchase.ts'
import { formatMoney } from '../../domain/shared/amount.ts'
import type { Payments } from '../../payments/provider.ts'
import type { PurchaseDeps, PurchaseRef } from './context.ts'

/** The part of a purchase that its workflow needs. */
export type PurchaseStatus = {
  state: PurchaseState
  /** one line for operators */
  summary: string
  timeline: string[]
  /** pending steps in the ledger or at the provider */
  work: 'checkout' | 'fulfil' | 'refund' | 'email' | null
  next_due_at: string | null
  on_test_clock: boolean
  revision: number
  /** whether anything may still happen, or it needs attention */
  running: boolean
  attention: string | null
  /** set when its account is closed: nothing changes it any more */
  account_closed?: true
  /** the delay until an unreachable provider is polled again */
  retry_after_ms?: number | null
}

type Deps = Pick<PurchaseDeps, 'db' | 'payments'>

/** @throws Error when the purchase is not recorded */
export async function toStatus(deps: Deps, { product, id }: PurchaseRef): Promise<PurchaseStatus> {
  const found = await findPurchase(deps.db, product, id)
  if (!found) throw new Error(`purchase ${id} is not recorded`)
  const { status, revision, account, account_key, test_clock } = found
  const { state, provider, attention, pack, quantity, amount, currency } = status
  const timeline = await purchaseTimeline(deps.db, account_key, id)
  return {
    state,
    summary: `${quantity} × **${pack}** for ${account}, ${formatMoney(amount, currency)} by ${provider}.`,
    timeline: timeline.map(({ at, what, detail }) =>
      [`${at} ${what.replaceAll('_', ' ')}`, detail ? JSON.stringify(detail) : ''].join(' ').trim(),
    ),
    work: workOf(deps.payments, status),
    next_due_at: nextDueOf(status),
    on_test_clock: test_clock !== null,
    revision,
    running: isOpen(status),
    attention,
  }
}

/**
 * The status where nothing changes the purchase any more because its account is closed, though money that arrives must be
 * given back; else null. A code outlives the account, and refunds and disputes of its payment still end it.
 */
export async function statusOfClosed(deps: PurchaseDeps, ref: PurchaseRef): Promise<PurchaseStatus | null> {
  const found = await findPurchase(deps.db, ref.product, ref.id)
  if (!found?.closed_at || found.status.code) return null
  const facts = reducePaymentEvents(await listPaymentEvents(deps.db, ref.product, ref.id))
  return closedStatus(deps, ref, found, attentionAfterClosing(found.status, facts))
}

/** The same status with this attention, which is recorded. */
export async function closedStatus(
  deps: PurchaseDeps,
  ref: PurchaseRef,
  { account_key, ...found }: Pick<PurchaseRecord, 'account_key' | 'clock_now' | 'test_clock'>,
  attention: string | null,
): Promise<PurchaseStatus> {
  const about = { product: ref.product, subject: 'purchase' as const, id: ref.id, account_key }
  await keepAttention(deps.db, about, attention, timeOf(found, deps.now()))
  const closed = { account_closed: true, work: null, next_due_at: null } as const
  return { ...(await toStatus(deps, ref)), ...closed, attention, running: attention !== null }
}

function workOf(payments: Payments, status: PurchaseRecord['status']): PurchaseStatus['work'] {
  if (status.refund?.state === 'pending') return 'refund'
  if (isOwed(status)) return 'fulfil'
  if (needsEmail(status)) return 'email'
  return needsPage(status) && payments[status.provider]?.checkout ? 'checkout' : null
}
