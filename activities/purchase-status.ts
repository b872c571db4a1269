import type { Db } from '../db/core/command.ts'
import { findPurchase, purchaseTimeline } from '../db/purchases/purchases.ts'
import { isOpen, isOwed, needsEmail, nextDueOf, type PurchaseState } from '../domain/purchases/purchase.ts'
import { formatMoney } from '../domain/shared/amount.ts'
import type { Payments } from '../payments/provider.ts'

/** How a purchase stands after a move, as far as its workflow has to know. */
export type PurchaseStatus = {
  state: PurchaseState
  /** in a line, for people */
  summary: string
  timeline: string[]
  /** what is left to do with the provider or the book */
  work: 'checkout' | 'fulfil' | 'refund' | 'email' | null
  next_due_at: string | null
  on_test_clock: boolean
  /** how many moves there were, by the book; left out in old histories */
  revision?: number
  /** whether something may still happen by itself, or somebody may have to send something */
  running: boolean
  attention: string | null
  /** set when its account is closed: nothing moves it any more */
  account_closed?: true
  /** how soon the provider is asked again, where it could not be reached */
  retry_after_ms?: number | null
}

/** How a purchase stands whose account is closed: it stays as it is, and may only need somebody. */
export async function statusAfterClosing(
  db: Db,
  payments: Payments,
  which: { product: string; id: string },
  attention: string | null,
): Promise<PurchaseStatus> {
  const stands = await toStatus(db, payments, which)
  const over = { account_closed: true, work: null, next_due_at: null } as const
  return { ...stands, ...over, attention, running: attention !== null }
}

/** @throws Error when the purchase is not on the book */
export async function toStatus(
  db: Db,
  payments: Payments,
  { product, id }: { product: string; id: string },
): Promise<PurchaseStatus> {
  const found = await findPurchase(db, product, id)
  if (!found) throw new Error(`purchase ${id} is not on the book`)
  const { status, revision, account, account_key, test_clock } = found
  const { state, refund, provider, checkout_url, attention, pack, quantity, amount, currency } = status
  const waits = state === 'awaiting_payment'
  const events = await purchaseTimeline(db, account_key, id)
  const pending = refund?.state === 'pending'
  const needsPage = waits && checkout_url === null && payments[provider]?.checkout !== undefined
  return {
    state,
    summary: `${quantity} × **${pack}** for ${account}, ${formatMoney(amount, currency)} by ${provider}.`,
    timeline: events.map(({ at, what, detail }) =>
      [`${at} ${what.replaceAll('_', ' ')}`, detail ? JSON.stringify(detail) : ''].join(' ').trim(),
    ),
    work: pending
      ? 'refund'
      : isOwed(status)
        ? 'fulfil'
        : needsEmail(status)
          ? 'email'
          : needsPage
            ? 'checkout'
            : null,
    next_due_at: nextDueOf(status),
    on_test_clock: test_clock !== null,
    revision,
    running: isOpen(status),
    attention,
  }
}
