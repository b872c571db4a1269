import { isDeepStrictEqual } from 'node:util'
import type { CodeSecrets } from '../credits/codes.ts'
import { drawCredits, drawCredits, sell, sell } from '../credits/packs.ts'
import { parseRequest, parseRequest } from '../credits/parse.ts'
import { foldNews, type PaymentFacts } from '../credits/payment-facts.ts'
import type { Policy } from '../credits/policy.ts'
import {
  beginPurchase,beginPurchase, 
  isLate,
  isOwed,
  nextDueOf,
  type Provider,type Provider, 
  type Purchase,type Purchase, 
  type PurchaseStep,type PurchaseStep 
} from '../credits/purchase.ts'
import { letterDone, owesLetter, replaceCode, resendCode } from '../credits/purchase-codes.ts'
import {
  followFacts,followFacts, 
  fulfil,
  reissue,reissue, 
  reportMissing,reportMissing, 
  stepPurchase,
  stillGranting
} from '../credits/purchase-events.ts'
import { type PurchaseMessage, purchaseMessage } from '../credits/purchase-message.ts'
import { refundFailed, refundPaid, requestRefund } from '../credits/refund-terms.ts'
import { invalidRequest, Refused } from '../credits/refusals.ts'
import type { Book } from '../ledger/act.ts'
import { buyerOf } from '../ledger/buyer.ts'
import { codeStandingOf, latestCode } from '../ledger/codes.ts'
import { newsOf, referencesOf, rememberNews, rememberNews } from '../ledger/payment-news.ts'
import {
  findPurchase,findPurchase, 
  purchaseEventKey,purchaseEventKey, 
  purchaseOpenKey,purchaseOpenKey, 
  savePurchase,
  standingOf,standingOf 
} from '../ledger/purchases.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Payments } from '../payments/provider.ts'
import { type Payments, RefundDeclined } from '../payments/provider.ts'
import { type Policies, policyOf, policyOf } from '../policy-files.ts'
import { sendCode } from './code-letters.ts'
import { lotEffects } from './purchase-effects.ts'
import { pay, rememberPayment } from './purchase-money.ts'

import {
  known,
  type PurchaseParts,
  purchaseMoves,
  type Scene,
  unlessRefused,
  type WhichPurchase,
} from './purchase-moves.ts'
import { type PurchaseStanding, standing } from './purchase-standing.ts'
import { refusalsAsFailures } from './refusal-failure.ts'

export type PurchaseActivities = ReturnType<typeof purchaseActivities>
export type { PurchaseMessage, PurchaseStanding }

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
 * @param chance from 0 up to but not including 1
 */
export function purchaseActivities({
  book,
  policies,
  now,
  payments,
  chance,
  codeSecrets,
  mailer,
}: {
  book: Book
  policies: Policies
  now: () => Date
  payments: Payments
  chance: () => number
  codeSecrets: CodeSecrets
  mailer: Mailer
}) {
  async function sceneOf({ product, account: name, id }: Which, notBefore = ''): Promise<Scene> {
    const account = await loadAccount(book, product, name)
    const [news, references] = await Promise.all([newsOf(book, product, id), referencesOf(book, product, id)])
    const present = timeOf(account, now()).toISOString()
    return {
      account,
      policy: policyOf(policies, product),
      facts: foldNews(news),
      references: [...new Set([...references, ...news.flatMap(piece => piece.references)])],
      at: notBefore > present ? notBefore : present,
    }
  }

  /** Records what the rules decide. Under a key that ends in # nothing is recorded where nothing changes. */
  async function move(
    which: Which,
    scene: Scene,
    { key, event }: { key: string; event: unknown },
    decide: (before: Purchase | null) => PurchaseStep | Promise<PurchaseStep>,
    references: string[] = [],
  ): Promise<void> {
    const { account, policy, at } = scene
    const known = await findPurchase(book, which.product, which.id)
    const step = await decide(known?.status ?? null)
    const idle = step.effects.length + step.happenings.length + references.length === 0
    if (key.endsWith('#') && idle && isDeepStrictEqual(known?.status, step.purchase)) return
    await savePurchase(
      book,
      {
        account_key: account.account_key,
        operation_key: key.replace('#', String(known?.moves ?? 0)),
        at: new Date(at),
      },
      event,
      {
        product: which.product,
        purchase: which.id,
        provider: step.purchase.provider,
        bought_at: step.purchase.bought_at,
        moves: known?.moves ?? 0,
        status: step.purchase,
        next_due_at: nextDueOf(step.purchase),
        references: [...scene.references, ...references],
        effects: lotEffects(policy, step, { id: which.id, at: new Date(at), codeSecrets }),
        happenings: step.happenings,
      },
    )
  }

  const turn = (which: Which, what: string) => ({ key: `purchase/${which.id}/${what}/#`, event: what })

  /** Asks the provider and remembers what it says. @returns whether there was somebody to ask, who answered */
  async function ask(which: Which, references: string[]): Promise<boolean> {
    const found = await findPurchase(book, which.product, which.id)
    const provider = found?.status.provider
    const asked = provider && payments[provider]?.ask
    if (!asked) return false
    const news = await asked({ product: which.product, purchase: which.id, references })
    for (const piece of news)
      await rememberNews(
        book,
        { product: which.product, provider, event_id: `asked/${which.id}/${fingerprint(piece)}` },
        { ...piece, purchase: which.id },
      )
    return true
  }

  /** Grants what is owed. Whatever keeps it from it, it is not lost: it is owed until it is granted. */
  async function grantIfOwed(which: Which, how: 'fulfilled' | 'reissued', notBefore = ''): Promise<void> {
    const found = await findPurchase(book, which.product, which.id)
    if (!found || !isOwed(found.status)) return
    const scene = await sceneOf(which, notBefore)
    try {
      await move(which, scene, turn(which, 'fulfil'), before =>
        fulfil(known(before), scene.facts, how, scene.at),
      )
    } catch (error) {
      if (error instanceof Refused) throw error
      await move(which, scene, turn(which, 'granting'), before => stillGranting(known(before), scene.at))
    }
  }

  async function follow(which: Which, how: 'fulfilled' | 'reissued', notBefore = ''): Promise<void> {
    const scene = await sceneOf(which, notBefore)
    await move(which, scene, turn(which, 'news'), before => followFacts(known(before), scene.facts, scene.at))
    await grantIfOwed(which, how, notBefore)
  }

  /** Does what is due: asks the provider for what webhooks did not tell, or says that credits are late. */
  async function stepDue(which: Which, due_at: string): Promise<boolean> {
    const found = await findPurchase(book, which.product, which.id)
    const before = known(found?.status ?? null)
    const { references, at } = await sceneOf(which, due_at)
    const due = nextDueOf(before)
    if (due === null || at < due) return true
    let answered = true
    if (before.state === 'awaiting_payment') {
      answered = await ask(which, references).catch(unlessRefused)
      const { facts } = await sceneOf(which)
      const age = facts.paid?.at ? now().getTime() - Date.parse(facts.paid.at) : Number.POSITIVE_INFINITY
      const fresh = !found?.test_clock && age < before.terms.within_minutes * 60_000
      await follow(which, isLate(before, at) && !fresh ? 'reissued' : 'fulfilled', due_at)
    }
    const scene = await sceneOf(which, due_at)
    await move(which, scene, turn(which, 'due'), status => stepPurchase(known(status), scene.at))
    await grantIfOwed(which, 'fulfilled', due_at)
    return answered
  }
export function purchaseActivities({ chance, ...parts }: PurchaseParts & { chance: () => number }) {
  const { book, policies, payments } = parts
  const { sceneOf, move, turn, ask, grantIfOwed, follow, stepDue } = purchaseMoves(parts)

  async function decideOn(
    which: WhichPurchase,
    message: PurchaseMessage,
    scene: Scene,
    asked: boolean,
    before: Purchase,
  ): Promise<PurchaseStep> {
    const { facts, at, account } = scene
    switch (message.kind) {
      case 'payment':
        return followFacts(before, facts, at)
      case 'missing':
        return reportMissing(before, facts, asked ? 'asked' : 'nobody_to_ask', at)
      case 'reissue':
        return reissue(before, facts, at)
      case 'refund': {
        const left = before.code
          ? await codeStandingOf(book, which.product, which.id)
          : await standingOf(book, account.account_key, which.id, new Date(at))
        return requestRefund(before, left, message.reason, at)
      }
      case 'resend_code':
      case 'replace_code': {
        const code = await latestCode(book, which.product, which.id)
        const decide = message.kind === 'resend_code' ? resendCode : replaceCode
        return decide(before, code?.state ?? null, at)
      }
      case 'seen_to':
        return {
          purchase: { ...before, attention: null },
          effects: [],
          happenings: [{ at, what: 'seen_to' }],
        }
    }
  }

  return {
    openPurchase: ({
      opening,
      references = [],
      ...which
    }: WhichPurchase & { opening: PurchaseOpening; references?: string[] }): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        const scene = await sceneOf(which)
        const { account, policy, at } = scene
        if (!policy.purchases.providers.includes(opening.provider))
          throw invalidRequest('provider', `must be one of ${policy.purchases.providers.join(', ')}`)
        if (!payments[opening.provider])
          throw new Refused({ code: 'not_configured', detail: `${opening.provider} is not configured.` })
        const key = { key: purchaseOpenKey(which.id), event: opening.fingerprint }
        const begin = async (before: Purchase | null): Promise<PurchaseStep> => {
          if (before) return { purchase: before, effects: [], happenings: [] }
          const sale = sell(policy, await buyerOf(book, account, at), opening)
          const credits = drawCredits(sale, chance())
          return beginPurchase(sale, { ...opening, credits, time_zone: account.time_zone }, at)
        }
        await move(which, scene, key, begin, references)
        await follow(which, 'fulfilled')
        return standing(book, payments, which)
      }),

    /** Follows what the provider told, and where `ask` is set what it answers. */
    followPurchase: ({
      ask: shouldAsk,
      ...which
    }: WhichPurchase & { ask?: boolean }): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        if (shouldAsk) await ask(which, (await sceneOf(which)).references)
        await follow(which, 'fulfilled')
        return standing(book, payments, which)
      }),

    stepPurchase: ({ due_at, ...which }: WhichPurchase & { due_at: string }): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        const answered = await stepDue(which, due_at)
        return { ...(await standing(book, payments, which)), ask_again: !answered }
      }),

    applyToPurchase: ({
      event,
      event_id,
      ...which
    }: WhichPurchase & { event: PurchaseMessage; event_id: string }): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        const message = parseRequest(purchaseMessage, event)
        if (typeof event_id !== 'string' || event_id === '')
          throw invalidRequest('id', 'is needed: the second argument, by which the event happens once')
        const before = known((await findPurchase(book, which.product, which.id))?.status ?? null)
        if (message.kind === 'payment') await rememberPayment(book, which, before, message.reference)
        const asks = message.kind === 'missing' || message.kind === 'refund'
        const asked = asks && (await ask(which, (await sceneOf(which)).references).catch(unlessRefused))
        const scene = await sceneOf(which)
        const key = { key: purchaseEventKey(which.id, event_id), event: message }
        await move(which, scene, key, status => decideOn(which, message, scene, asked, known(status)))
        await grantIfOwed(which, 'fulfilled')
        return standing(book, payments, which)
      }),

    /** Opens the page on which the customer pays. */
    openCheckout: (which: WhichPurchase): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        const found = await findPurchase(book, which.product, which.id)
        const before = known(found?.status ?? null)
        const policy = policyOf(policies, which.product)
        const opened = await payments[before.provider]?.checkout?.({
          ...which,
          purchase: which.id,
          description: `${before.terms.name} × ${before.quantity}`,
          amount: before.amount,
          currency: before.currency,
          payment_methods: policy.purchases.payment_methods,
        })
        if (opened) {
          const scene = await sceneOf(which)
          const ready = [{ at: scene.at, what: 'checkout_ready' }]
          await move(
            which,
            scene,
            turn(which, 'checkout'),
            status => ({
              purchase: { ...known(status), checkout_url: opened.url },
              effects: [],
              happenings: known(status).checkout_url ? [] : ready,
            }),
            [opened.reference],
          )
        }
        return standing(book, payments, which)
      }),

    /** Sends the letter with the code. Its text is derived here, so that it is in no history. */
    mailCode: (which: Which): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        const found = await findPurchase(book, which.product, which.id)
        if (found && owesLetter(found.status)) {
          const policy = policyOf(policies, which.product)
          const outcome = await sendCode({ book, mailer, codeSecrets, policy }, found)
          const scene = await sceneOf(which)
          const key = turn(which, `letter/${found.status.code?.issue}`)
          await move(which, scene, key, status => letterDone(known(status), outcome, scene.at))
        }
        return standing(book, payments, which)
      }),

    /** Gives the money of a refund back. @param last what keeps it from it is final: the credits come back */
    payRefund: ({ last, ...which }: WhichPurchase & { last: boolean }): Promise<PurchaseStanding> =>
      refusalsAsFailures(async () => {
        const found = await findPurchase(book, which.product, which.id)
        const before = known(found?.status ?? null)
        const { refund, provider, currency } = before
        if (refund?.state !== 'pending') return standing(book, payments, which)
        const { references } = await sceneOf(which)
        const outcome = await pay(payments, provider, last, {
          purchase: which.id,
          references,
          amount: refund.amount,
          currency,
          idempotency_key: `refund/${which.id}/${refund.number}`,
        })
        const scene = await sceneOf(which)
        await move(which, scene, turn(which, 'refund'), status =>
          'failed' in outcome
            ? refundFailed(known(status), outcome.failed, scene.at)
            : refundPaid(known(status), outcome.by_hand, scene.at),
        )
        return standing(book, payments, which)
      }),
  }
}

function followed(before: Purchase, facts: PaymentFacts, at: string): Purchase {
  return followFacts(before, facts, at).purchase
}

/** Nobody could be asked, which is not a failure of ours. */
function unlessRefused(error: unknown): false {
  if (error instanceof Refused) return false
  throw error
}

function known(purchase: Purchase | null): Purchase {
  if (purchase) return purchase
  throw new Refused({ code: 'not_found', detail: 'There is no such purchase.' })
async function pay(
  payments: Payments,
  provider: Provider,
  last: boolean,
  order: Parameters<NonNullable<Payments[Provider]>['refund']>[0],
): Promise<{ by_hand: string | null } | { failed: string }> {
  const payer = payments[provider]
  if (!payer) return { failed: `${provider} is not configured.` }
  try {
    return await payer.refund(order)
  } catch (error) {
    if (error instanceof RefundDeclined || (last && error instanceof Refused))
      return { failed: error.message }
    throw error
  }
}

/** Money that somebody saw. @throws Refused invalid_request where the provider itself says what was paid */
async function rememberPayment(
  book: Book,
  which: WhichPurchase,
  before: Purchase,
  reference: string,
): Promise<void> {
  const { provider, amount, currency } = before
  if (provider === 'stripe' || provider === 'gumroad')
    throw invalidRequest('purchase', `is paid through ${provider}, which says itself what was paid`)
  await rememberNews(
    book,
    { product: which.product, provider, event_id: `by-hand/${which.id}/${reference}` },
    { purchase: which.id, references: [reference], paid: { amount, currency, at: null } },
  )
}
