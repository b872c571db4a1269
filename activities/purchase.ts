import { timeOf } from '../db/accounts/accounts.ts'
import { findPurchase } from '../db/purchases/purchases.ts'
import { type PurchaseMessage, purchaseMessage } from '../domain/purchases/message.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { Refused } from '../domain/shared/refusals.ts'
import type { Mailer } from '../email/mailer.ts'
import { type Raising, raisingRefusals } from './attention.ts'
import { checkEventId, mapRefusals } from './failures.ts'
import { openPage, retryPage } from './purchases/checkout.ts'
import { sendCodeEmail } from './purchases/code-email.ts'
import { loadContext, loadPurchase, type PurchaseDeps, type PurchaseRef } from './purchases/context.ts'
import { applyEvent } from './purchases/events.ts'
import { open, type PurchaseOpening } from './purchases/open.ts'
import { applyEvents, askProvider, stepDue } from './purchases/payments.ts'
import { payPendingRefund } from './purchases/refund.ts'
import { closedStatus, type PurchaseStatus, statusOfClosed, toStatus } from './purchases/status.ts'

/** The delay until an unreachable provider is polled again. */
const RETRY_AFTER_MS = 10 * 60_000

/** The messages that a purchase understands after its account is closed; a refund ends the code that it issued. */
const AFTER_CLOSING: PurchaseMessage['kind'][] = ['acknowledged', 'refund']

export type PurchaseActivities = ReturnType<typeof purchaseActivities>
export type { PurchaseMessage, PurchaseOpening, PurchaseStatus }

/**
 * The steps of a purchase. Each loads, decides by the rules, records, and returns the status. The ledger is the truth, so
 * a repeated step does only what is left to do.
 * @param random returns numbers in [0, 1)
 */
export function purchaseActivities({
  random,
  mailer,
  ...deps
}: PurchaseDeps & { random: () => number; mailer: Mailer }) {
  /** Runs a step and returns the status after it. */
  const step = (ref: PurchaseRef, run: () => Promise<void>): Promise<PurchaseStatus> =>
    mapRefusals(async () => {
      await run()
      return toStatus(deps, ref)
    })

  /** Finds the subject of attention for a purchase. */
  const subject = async ({ product, id }: PurchaseRef): Promise<Raising[]> => {
    const found = await findPurchase(deps.db, product, id)
    const about = { product, subject: 'purchase' as const, id, account_key: found?.account_key ?? null }
    return [{ about, at: found ? timeOf(found, deps.now()) : deps.now() }]
  }

  /** A step that the workflow takes by itself, so that a refusal needs a person. */
  const ownStep = (ref: PurchaseRef, run: () => Promise<PurchaseStatus>): Promise<PurchaseStatus> =>
    mapRefusals(() =>
      raisingRefusals(
        deps.db,
        () => subject(ref),
        run,
        ({ attention }) => attention,
      ),
    )

  return {
    openPurchase: ({
      opening,
      references = [],
      ...ref
    }: PurchaseRef & { opening: PurchaseOpening; references?: string[] }): Promise<PurchaseStatus> =>
      step(ref, () => open(deps, random, ref, opening, references)),

    /** Applies the recorded payment events, and grants what is owed. */
    applyPaymentEvents: (ref: PurchaseRef): Promise<PurchaseStatus> =>
      ownStep(ref, async () => {
        const closed = await statusOfClosed(deps, ref)
        if (closed) return closed
        await applyEvents(deps, ref)
        return toStatus(deps, ref)
      }),

    /** The same, after asking the provider about the payment; a page that it refused is tried again. */
    syncPurchase: (ref: PurchaseRef): Promise<PurchaseStatus> =>
      ownStep(ref, async () => {
        const closed = await statusOfClosed(deps, ref)
        if (closed) return closed
        const { references } = await loadContext(deps, ref)
        await askProvider(deps, ref, references)
        await retryPage(deps, ref)
        await applyEvents(deps, ref)
        return toStatus(deps, ref)
      }),

    stepPurchase: ({ due_at, ...ref }: PurchaseRef & { due_at: string }): Promise<PurchaseStatus> =>
      ownStep(ref, async () => {
        const isAsked = await stepDue(deps, ref, due_at)
        return { ...(await toStatus(deps, ref)), retry_after_ms: isAsked ? null : RETRY_AFTER_MS }
      }),

    applyToPurchase: ({
      event,
      event_id,
      ...ref
    }: PurchaseRef & { event: PurchaseMessage; event_id: string }): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const message = parseRequest(purchaseMessage, event)
        checkEventId(event_id)
        const found = await loadPurchase(deps, ref)
        if (found.closed_at && !AFTER_CLOSING.includes(message.kind)) throw new Refused({ code: 'account_closed' })
        if (!(await statusOfClosed(deps, ref))) return step(ref, () => applyEvent(deps, ref, message, event_id))
        if (message.kind === 'refund') throw new Refused({ code: 'account_closed' })
        return closedStatus(deps, ref, found, null)
      }),

    openCheckout: ({ tries, ...ref }: PurchaseRef & { tries: number }): Promise<PurchaseStatus> =>
      step(ref, () => openPage(deps, ref, tries)),

    emailCode: (ref: PurchaseRef): Promise<PurchaseStatus> => step(ref, () => sendCodeEmail(deps, mailer, ref)),

    /** @param last an outage of the provider is final, and the credits come back */
    payRefund: ({ last, ...ref }: PurchaseRef & { last: boolean }): Promise<PurchaseStatus> =>
      step(ref, () => payPendingRefund(deps, ref, last)),
  }
}
