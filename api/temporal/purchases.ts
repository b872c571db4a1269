import { timeOf } from '../../db/accounts/accounts.ts'
import { type Caller, hasScope } from '../../db/accounts/api-keys.ts'
import { latestCode } from '../../db/codes/codes.ts'
import { lotsOfOrigin } from '../../db/ledger/lots/lots.ts'
import { findRecipient } from '../../db/purchases/contacts.ts'
import {
  findPurchase,
  listPaymentReferences,
  type PurchaseRecord,
  purchaseTimeline,
} from '../../db/purchases/purchases.ts'
import { showCode } from '../../domain/codes/purchase-codes.ts'
import { bankReferences, transferOf } from '../../domain/purchases/bank-transfer.ts'
import { showPurchase } from '../../domain/purchases/view.ts'
import { notFound } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import {
  checkUpdate,
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
import { startOptions, updateWithStart } from './update-with-start.ts'

/** How long a webhook waits for the payment to be processed, after Temporal has accepted it. */
const PROCESSED_WITHIN_MS = 3_000

/** Starts a purchase; resolves when it is stored, with its checkout URL if the provider answers in time. @throws Refused */
export function openPurchase(app: App, input: PurchaseInput & Required<Pick<PurchaseInput, 'opening'>>): Promise<void> {
  return updateWithStart(app, 'purchase', purchaseStart(input), openUpdate, [input.opening.fingerprint])
}

/** Sends an event to a purchase; repeating its id changes nothing. A closed workflow starts again. @throws Refused */
export async function sendPurchaseUpdate(
  app: App,
  product: string,
  id: string,
  event: PurchaseMessage,
  eventId: string,
): Promise<void> {
  const { account } = await loadPurchase(app, product, id)
  await updateWithStart(app, 'purchase', purchaseStart({ product, account, id }), purchaseUpdate, [event, eventId])
}

/**
 * Makes a purchase process its stored payment events. Temporal has accepted the signal when this resolves, with or without
 * a running worker. It waits briefly for the result, so that the next request sees the credits.
 * @throws Refused temporarily_unavailable
 */
export async function syncPurchase(app: App, { product, account, id }: PurchaseInput): Promise<void> {
  const start = startOptions(app, purchaseStart({ product, account, id }))
  const handle = await withTemporalDeadline(app, () =>
    app.temporal.workflow.signalWithStart('purchase', { ...start, signal: paymentUpdatedSignal }),
  )
  await app.temporal
    .withDeadline(Date.now() + PROCESSED_WITHIN_MS, () => handle.executeUpdate(paymentsProcessedUpdate))
    .catch(error => app.logger.info({ err: error, purchase: id }, 'purchase: payment accepted, not processed yet'))
}

/** Asks the provider about a purchase's payment, and does what is due. @throws Refused not_found, and the provider's refusal */
export async function checkPurchase(app: App, product: string, id: string): Promise<void> {
  const { account } = await loadPurchase(app, product, id)
  await updateWithStart(app, 'purchase', purchaseStart({ product, account, id }), checkUpdate, [])
}

/** Sends the new time of a test clock to a purchase; resolves when everything due has run. */
export async function advancePurchaseClock(app: App, product: string, id: string, now: Date): Promise<void> {
  const { account } = await loadPurchase(app, product, id)
  await updateWithStart(app, 'purchase', purchaseStart({ product, account, id }), clockUpdate, [now.toISOString()])
}

/** The stored purchase with its timeline. @throws Refused not_found */
export async function purchaseResponse(app: App, caller: Caller, id: string): Promise<RouteResponse> {
  const found = await loadPurchase(app, caller.product, id)
  return { body: await purchaseBody(app, caller, found), account: { ...found, at: timeOf(found, app.now()) } }
}

/** The response body of a purchase. Support sees the account that redeemed its code; the giver of a gift does not. */
export async function purchaseBody(
  app: App,
  caller: Caller,
  { account_key, account, product, purchase: id, status, ...rest }: PurchaseRecord,
): Promise<object> {
  const at = timeOf(rest, app.now())
  const [timeline, references, lots, issued, recipient] = await Promise.all([
    purchaseTimeline(app.db, account_key, id),
    listPaymentReferences(app.db, account_key, id),
    lotsOfOrigin(app.db, account_key, ['purchase', 'purchase_bonus'], id, at),
    status.code ? latestCode(app.db, product, id) : null,
    status.code ? findRecipient(app.db, account_key, id) : null,
  ])
  const transfer = transferOf(policyOf(app.policies, product), id, status)
  const shown = showPurchase(
    status,
    timeline,
    bankReferences(id, references),
    showCode(status, issued, recipient),
    transfer,
  )
  const checkout_url = simulatedCheckoutUrl(app, product, id, status) ?? shown.checkout_url
  const code = shown.code && {
    ...shown.code,
    redeemed_by: hasScope(caller, 'support') ? (issued?.redeemed_by ?? null) : null,
  }
  return { id, account, ...shown, checkout_url, lots, code }
}

/** The test checkout's URL, if it stands in for the provider. */
function simulatedCheckoutUrl(
  app: App,
  product: string,
  id: string,
  { provider, state }: PurchaseRecord['status'],
): string | null {
  if (state !== 'awaiting_payment' || !isSimulated(app, provider)) return null
  return `${app.publicUrl}/test-checkout/${product}/${id}`
}

/** Whether the test checkout stands in for a provider. */
export function isSimulated(app: App, provider: PurchaseRecord['status']['provider']): boolean {
  if (app.production) return false
  return provider === 'stripe' ? app.stripe === null : provider === 'gumroad' && app.simulatesGumroad
}

/** @throws Refused not_found */
export async function loadPurchase(app: App, product: string, id: string): Promise<PurchaseRecord> {
  const found = await findPurchase(app.db, product, id)
  if (found) return found
  throw notFound('purchase')
}
