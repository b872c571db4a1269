import { WithStartWorkflowOperation } from '@temporalio/client'
import { timeOf } from '../../db/accounts/accounts.ts'
import { latestCode } from '../../db/codes/codes.ts'
import { lotsOfOrigin } from '../../db/ledger/lots/lots.ts'
import { readTotals } from '../../db/ledger/totals.ts'
import { findPurchase, type PurchaseRecord, purchaseTimeline } from '../../db/purchases/purchases.ts'
import { showCode } from '../../domain/codes/purchase-codes.ts'
import { showPurchase } from '../../domain/purchases/view.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import {
  clockUpdate,
  openUpdate,
  type PurchaseInput,
  type PurchaseMessage,
  paymentsProcessedUpdate,
  paymentUpdatedSignal,
  purchaseUpdate,
} from '../../workflows/contract/messages.ts'
import { purchaseStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import type { RouteResponse } from '../http/route.ts'
import { withTemporalDeadline } from './deadline.ts'

/** How long a webhook waits to see what it told done; it is taken before that. */
const SETTLED_WITHIN_MS = 3_000

/** Begins a purchase; answers when it is on the book, with its payment page where that opens in time. @throws Refused */
export function openPurchase(
  app: App,
  input: PurchaseInput & Required<Pick<PurchaseInput, 'opening'>>,
): Promise<void> {
  return withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(openUpdate, {
      startWorkflowOperation: start(app, input),
      args: [input.opening.fingerprint],
    }),
  )
}

/** Tells a purchase what happened; the same id again changes nothing. One that is over begins again. @throws Refused */
export async function sendPurchaseUpdate(
  app: App,
  product: string,
  id: string,
  event: PurchaseMessage,
  eventId: string,
): Promise<void> {
  const { account } = await loadPurchase(app, product, id)
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(purchaseUpdate, {
      startWorkflowOperation: start(app, { product, account, id }),
      args: [event, eventId],
    }),
  )
}

/**
 * Lets a purchase follow what is on the book of its payment. Once this returns Temporal has taken it, whether or not a
 * worker is there; it waits a little for the credits, so that who asks next sees them.
 * @throws Refused temporarily_unavailable
 */
export async function syncPurchase(app: App, { product, account, id }: PurchaseInput): Promise<void> {
  const handle = await withTemporalDeadline(app, () =>
    app.temporal.workflow.signalWithStart('purchase', {
      ...options(app, { product, account, id }),
      signal: paymentUpdatedSignal,
    }),
  )
  await app.temporal
    .withDeadline(Date.now() + SETTLED_WITHIN_MS, () => handle.executeUpdate(paymentsProcessedUpdate))
    .catch(error =>
      app.logger.info({ err: error, purchase: id }, 'the news is taken; the purchase follows later'),
    )
}

/** Tells a purchase that its account's test clock moved; answers when what is due has happened. */
export async function advancePurchaseClock(app: App, product: string, id: string, now: Date): Promise<void> {
  const { account } = await loadPurchase(app, product, id)
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(clockUpdate, {
      startWorkflowOperation: start(app, { product, account, id }),
      args: [now.toISOString()],
    }),
  )
}

/** A purchase as it stands on the book. @throws Refused not_found */
export async function purchaseResponse(app: App, product: string, id: string): Promise<RouteResponse> {
  const found = await loadPurchase(app, product, id)
  const at = timeOf(found, app.now())
  const [body, totals] = await Promise.all([
    purchaseBody(app, found),
    readTotals(app.db, found.account_key, at),
  ])
  return { body, totals }
}

/** The body of an answer about a purchase. */
export async function purchaseBody(
  app: App,
  { account_key, account, product, purchase: id, status, ...rest }: PurchaseRecord,
): Promise<object> {
  const at = timeOf(rest, app.now())
  const [timeline, lots, code] = await Promise.all([
    purchaseTimeline(app.db, account_key, id),
    lotsOfOrigin(app.db, account_key, ['purchase', 'purchase_bonus'], id, at),
    status.code ? latestCode(app.db, product, id) : null,
  ])
  const shown = showPurchase(status, timeline)
  const checkout_url = simulatedCheckoutUrl(app, product, id, status) ?? shown.checkout_url
  return { id, account, ...shown, checkout_url, lots, code: code && showCode(status, code.state) }
}

/** Where a provider is not configured, outside production, one pays on a page of ours that plays it. */
function simulatedCheckoutUrl(
  app: App,
  product: string,
  id: string,
  { provider, state }: PurchaseRecord['status'],
): string | null {
  if (state !== 'awaiting_payment' || !isSimulated(app, provider)) return null
  return `${app.publicUrl}/test-checkout/${product}/${id}`
}

/** Whether payments through a provider are played on the test page. */
export function isSimulated(app: App, provider: PurchaseRecord['status']['provider']): boolean {
  if (app.production) return false
  return provider === 'stripe' ? app.stripe === null : provider === 'gumroad' && app.simulatesGumroad
}

/** @throws Refused not_found */
export async function loadPurchase(app: App, product: string, id: string): Promise<PurchaseRecord> {
  const found = await findPurchase(app.db, product, id)
  if (found) return found
  throw new Refused({ code: 'not_found', detail: 'There is no such purchase.' })
}

function start(app: App, input: PurchaseInput) {
  return new WithStartWorkflowOperation('purchase', {
    ...options(app, input),
    workflowIdConflictPolicy: 'USE_EXISTING',
  })
}

function options(app: App, input: PurchaseInput) {
  return {
    ...purchaseStart(input),
    taskQueue: app.taskQueue,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  }
}
