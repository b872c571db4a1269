import { latestCode, readRemainingCodeCredits } from '../db/codes/codes.ts'
import { loadBuyer } from '../db/purchases/buyer.ts'
import { listPaymentEvents } from '../db/purchases/payment-events.ts'
import {
  findPurchase,
  purchaseEventKey,
  purchaseOpenKey,
  readRemainingCredits,
} from '../db/purchases/purchases.ts'
import { recordEmailOutcome, replaceCode, resendCode } from '../domain/codes/purchase-codes.ts'
import { reissue, reportMissing } from '../domain/purchases/fulfilment.ts'
import { type PurchaseMessage, purchaseMessage } from '../domain/purchases/message.ts'
import { pickRandomCredits, sell } from '../domain/purchases/packs.ts'
import { reducePaymentEvents } from '../domain/purchases/payment-facts.ts'
import { applyPaymentFacts, attentionAfterClosing, closePurchase } from '../domain/purchases/payments.ts'
import {
  beginPurchase,
  needsEmail,
  type Provider,
  type Purchase,
  type PurchaseStep,
} from '../domain/purchases/purchase.ts'
import { refundFailed, refundPaid, requestRefund } from '../domain/purchases/refund-terms.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { invalidRequest, Refused } from '../domain/shared/refusals.ts'
import type { Mailer } from '../email/mailer.ts'
import { configuredProvider } from '../payments/provider.ts'
import { policyOf } from '../platform/policy-store.ts'
import { sendCode } from './code-emails.ts'
import { mapRefusals } from './failures.ts'
import { pay, rememberPayment } from './purchase-money.ts'
import { type PurchaseStatus, statusAfterClosing, toStatus } from './purchase-status.ts'
import {
  ignoreRefusal,
  known,
  type PurchaseContext,
  type PurchaseDeps,
  type PurchaseRef,
  purchaseTransitions,
} from './purchase-transitions.ts'

/**
 * A provider remembers its own failures under a key, so one that goes on failing is given another. The page that a lost
 * answer may have named is seen by nobody, and expires.
 */
const TRIES_PER_KEY = 3
/** How soon a provider that could not be reached is asked again. */
const RETRY_AFTER_MS = 10 * 60_000

export type PurchaseActivities = ReturnType<typeof purchaseActivities>
export type { PurchaseMessage, PurchaseStatus }

/** What is bought. No personal data: it stays in the history. */
export type PurchaseOpening = {
  pack: string
  quantity: number
  provider: Provider
  /** a digest of the whole request, by which another one under the same id is told */
  fingerprint: string
}

/**
 * The moves of a purchase: load, decide by the rules, record. The book is the truth, and what providers told is on it,
 * so a step that is tried again finds how things stand, and does what is left to do.
 * @param random from 0 up to but not including 1
 */
export function purchaseActivities({
  random,
  mailer,
  ...parts
}: PurchaseDeps & { random: () => number; mailer: Mailer }) {
  const { db, policies, payments, codeSecrets } = parts
  const { loadContext, move, turn, ask, grantIfOwed, follow, stepDue } = purchaseTransitions(parts)

  async function decideOn(
    which: PurchaseRef,
    message: PurchaseMessage,
    scene: PurchaseContext,
    asked: boolean,
    before: Purchase,
  ): Promise<PurchaseStep> {
    const { facts, at, account } = scene
    switch (message.kind) {
      case 'payment':
        return applyPaymentFacts(before, facts, at)
      case 'missing':
        return reportMissing(before, facts, asked ? 'asked' : 'nobody_to_ask', at)
      case 'reissue':
        return reissue(before, facts, at)
      case 'refund': {
        const left = before.code
          ? await readRemainingCodeCredits(db, which.product, which.id)
          : await readRemainingCredits(db, account.account_key, which.id, new Date(at))
        return requestRefund(before, left, message.reason, at)
      }
      case 'resend_code':
      case 'replace_code': {
        const code = await latestCode(db, which.product, which.id)
        const decide = message.kind === 'resend_code' ? resendCode : replaceCode
        return decide(before, code?.state ?? null, at)
      }
      case 'close':
        return closePurchase(before, at)
      case 'acknowledged':
        return {
          purchase: { ...before, attention: null },
          effects: [],
          events: [{ at, what: 'acknowledged' }],
        }
    }
  }

  async function isOfClosedAccount({ product, id }: PurchaseRef): Promise<boolean> {
    return Boolean((await findPurchase(db, product, id))?.closed_at)
  }

  /** News of a closed account's purchase changes nothing on the book, but money that came must go back. */
  async function afterClosing(which: PurchaseRef): Promise<PurchaseStatus | null> {
    const found = await findPurchase(db, which.product, which.id)
    if (!found?.closed_at) return null
    const facts = reducePaymentEvents(await listPaymentEvents(db, which.product, which.id))
    return statusAfterClosing(db, payments, which, attentionAfterClosing(found.status, facts))
  }

  async function applyPaymentEvents(ref: PurchaseRef): Promise<PurchaseStatus> {
    const closed = await afterClosing(ref)
    if (closed) return closed
    await follow(ref, 'fulfilled')
    return toStatus(db, payments, ref)
  }

  return {
    openPurchase: ({
      opening,
      references = [],
      ...which
    }: PurchaseRef & { opening: PurchaseOpening; references?: string[] }): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const scene = await loadContext(which)
        const { account, policy, at } = scene
        if (!policy.purchases.providers.includes(opening.provider))
          throw invalidRequest('provider', `must be one of ${policy.purchases.providers.join(', ')}`)
        configuredProvider(payments, opening.provider)
        const key = { key: purchaseOpenKey(which.id), event: opening.fingerprint }
        const begin = async (before: Purchase | null): Promise<PurchaseStep> => {
          if (before) return { purchase: before, effects: [], events: [] }
          const sale = sell(policy, await loadBuyer(db, account, at), opening)
          const credits = pickRandomCredits(sale, random())
          return beginPurchase(sale, { ...opening, credits, time_zone: account.time_zone }, at)
        }
        await move(which, scene, key, begin, references)
        await follow(which, 'fulfilled')
        return toStatus(db, payments, which)
      }),

    /** Applies the payment events in the ledger, and grants what is owed. */
    applyPaymentEvents: (ref: PurchaseRef): Promise<PurchaseStatus> =>
      mapRefusals(() => applyPaymentEvents(ref)),

    /** Asks the provider about the payment first. */
    syncPurchase: (ref: PurchaseRef): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        if (!(await isOfClosedAccount(ref))) await ask(ref, (await loadContext(ref)).references)
        return applyPaymentEvents(ref)
      }),

    stepPurchase: ({ due_at, ...which }: PurchaseRef & { due_at: string }): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const answered = await stepDue(which, due_at)
        return { ...(await toStatus(db, payments, which)), retry_after_ms: answered ? null : RETRY_AFTER_MS }
      }),

    applyToPurchase: ({
      event,
      event_id,
      ...which
    }: PurchaseRef & { event: PurchaseMessage; event_id: string }): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const message = parseRequest(purchaseMessage, event)
        if (typeof event_id !== 'string' || event_id === '')
          throw invalidRequest('id', 'is needed: the second argument, by which the event happens once')
        if (await isOfClosedAccount(which)) {
          if (message.kind !== 'acknowledged') throw new Refused({ code: 'account_closed' })
          return statusAfterClosing(db, payments, which, null)
        }
        const before = known((await findPurchase(db, which.product, which.id))?.status ?? null)
        if (message.kind === 'payment') await rememberPayment(db, which, before, message.reference)
        const asks = message.kind === 'missing' || message.kind === 'refund'
        const asked = asks && (await ask(which, (await loadContext(which)).references).catch(ignoreRefusal))
        // What the provider paid back already, or somebody disputes, is not paid back again, also where nobody had told us
        // of the payment before.
        if (message.kind === 'refund') await follow(which, 'fulfilled')
        const scene = await loadContext(which)
        const key = { key: purchaseEventKey(which.id, event_id), event: message }
        await move(which, scene, key, status => decideOn(which, message, scene, asked, known(status)))
        await grantIfOwed(which, 'fulfilled')
        return toStatus(db, payments, which)
      }),

    /** Opens the page on which the customer pays. */
    openCheckout: ({ tries, ...which }: PurchaseRef & { tries: number }): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const found = await findPurchase(db, which.product, which.id)
        const before = known(found?.status ?? null)
        // A workflow that is behind the book may not know that the page is open.
        if (before.checkout_url) return toStatus(db, payments, which)
        const policy = policyOf(policies, which.product)
        const opened = await payments[before.provider]?.checkout?.({
          ...which,
          purchase: which.id,
          description: `${before.terms.name} × ${before.quantity}`,
          amount: before.amount,
          currency: before.currency,
          payment_methods: policy.purchases.payment_methods,
          quantity: before.quantity,
          page: policy.packs[before.pack]?.gumroad ?? null,
          idempotency_key: `checkout/${which.id}/${Math.floor(tries / TRIES_PER_KEY)}`,
        })
        if (opened) {
          const scene = await loadContext(which)
          const ready = [{ at: scene.at, what: 'checkout_ready' }]
          await move(
            which,
            scene,
            turn(which, 'checkout'),
            status => ({
              purchase: { ...known(status), checkout_url: opened.url },
              effects: [],
              events: known(status).checkout_url ? [] : ready,
            }),
            opened.reference === null ? [] : [opened.reference],
          )
        }
        return toStatus(db, payments, which)
      }),

    /** Sends the letter with the code. Its text is derived here, so that it is in no history. */
    emailCode: (which: PurchaseRef): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const found = await findPurchase(db, which.product, which.id)
        if (found && needsEmail(found.status)) {
          const policy = policyOf(policies, which.product)
          const outcome = await sendCode({ db, mailer, codeSecrets, policy }, found)
          const scene = await loadContext(which)
          const key = turn(which, `email/${found.status.code?.issue}`)
          await move(which, scene, key, status => recordEmailOutcome(known(status), outcome, scene.at))
        }
        return toStatus(db, payments, which)
      }),

    /** Gives the money of a refund back. @param last what keeps it from it is final: the credits come back */
    payRefund: ({ last, ...which }: PurchaseRef & { last: boolean }): Promise<PurchaseStatus> =>
      mapRefusals(async () => {
        const found = await findPurchase(db, which.product, which.id)
        const before = known(found?.status ?? null)
        const { refund, provider, currency } = before
        if (refund?.state !== 'pending') return toStatus(db, payments, which)
        const { references } = await loadContext(which)
        const outcome = await pay(payments, provider, last, {
          purchase: which.id,
          references,
          amount: refund.amount,
          currency,
          idempotency_key: `refund/${which.id}/${refund.number}`,
        })
        const scene = await loadContext(which)
        await move(which, scene, turn(which, 'refund'), status =>
          'failed' in outcome
            ? refundFailed(known(status), outcome.failed, scene.at)
            : refundPaid(known(status), outcome.manual_step, scene.at),
        )
        return toStatus(db, payments, which)
      }),
  }
}
