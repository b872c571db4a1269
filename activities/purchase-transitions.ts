import { isDeepStrictEqual } from 'node:util'
import { type Account, loadAccount, timeOf } from '../db/accounts/accounts.ts'
import { type Db, fingerprint } from '../db/core/command.ts'
import { insertPaymentEvent, listPaymentEvents, listReferences } from '../db/purchases/payment-events.ts'
import { findPurchase, savePurchase } from '../db/purchases/purchases.ts'
import type { CodeSecrets } from '../domain/codes/codes.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { fulfil, stepPurchase, stillGranting } from '../domain/purchases/fulfilment.ts'
import { type PaymentFacts, reducePaymentEvents } from '../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../domain/purchases/payments.ts'
import { isLate, isOwed, nextDueOf, type Purchase, type PurchaseStep } from '../domain/purchases/purchase.ts'
import { Refused } from '../domain/shared/refusals.ts'
import type { Payments } from '../payments/provider.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { lotEffects } from './purchase-effects.ts'

export type PurchaseRef = { product: string; account: string; id: string }

/** What a decision is made on. */
export type PurchaseContext = {
  account: Account
  policy: Policy
  facts: PaymentFacts
  references: string[]
  at: string
}

export type PurchaseDeps = {
  db: Db
  policies: Policies
  now: () => Date
  payments: Payments
  codeSecrets: CodeSecrets
}

/** How every move of a purchase is made: load what it is decided on, let the rules decide, record the outcome. */
export function purchaseTransitions({ db, policies, now, payments, codeSecrets }: PurchaseDeps) {
  async function loadContext(
    { product, account: name, id }: PurchaseRef,
    notBefore = '',
  ): Promise<PurchaseContext> {
    const account = await loadAccount(db, product, name)
    const [news, references] = await Promise.all([
      listPaymentEvents(db, product, id),
      listReferences(db, product, id),
    ])
    const present = timeOf(account, now()).toISOString()
    return {
      account,
      policy: policyOf(policies, product),
      facts: reducePaymentEvents(news),
      references: [...new Set([...references, ...news.flatMap(piece => piece.references)])],
      at: notBefore > present ? notBefore : present,
    }
  }

  /**
   * Records a transition that the rules decide.
   * @param perRevision appends the purchase's revision to the key, and records nothing if nothing changes
   */
  async function move(
    which: PurchaseRef,
    scene: PurchaseContext,
    { key, event, perRevision = false }: { key: string; event: unknown; perRevision?: boolean },
    decide: (before: Purchase | null) => PurchaseStep | Promise<PurchaseStep>,
    references: string[] = [],
  ): Promise<void> {
    const { account, policy, at } = scene
    const known = await findPurchase(db, which.product, which.id)
    const step = await decide(known?.status ?? null)
    const idle = step.effects.length + step.events.length + references.length === 0
    if (perRevision && idle && isDeepStrictEqual(known?.status, step.purchase)) return
    await savePurchase(
      db,
      {
        account_key: account.account_key,
        operation_key: perRevision ? `${key}/${known?.revision ?? 0}` : key,
        at: new Date(at),
      },
      event,
      {
        product: which.product,
        purchase: which.id,
        provider: step.purchase.provider,
        bought_at: step.purchase.bought_at,
        revision: known?.revision ?? 0,
        status: step.purchase,
        next_due_at: nextDueOf(step.purchase),
        references: [...scene.references, ...references],
        effects: lotEffects(policy, step, { id: which.id, at: new Date(at), codeSecrets }),
        events: step.events,
      },
    )
  }

  const turn = (which: PurchaseRef, what: string) => ({
    key: `purchase/${which.id}/${what}`,
    event: what,
    perRevision: true,
  })

  /** Asks the provider and remembers what it says. @returns whether there was somebody to ask, who answered */
  async function ask(which: PurchaseRef, references: string[]): Promise<boolean> {
    const found = await findPurchase(db, which.product, which.id)
    const provider = found?.status.provider
    const asked = provider && payments[provider]?.ask
    if (!asked) return false
    const news = await asked({ product: which.product, purchase: which.id, references })
    for (const piece of news)
      await insertPaymentEvent(
        db,
        { product: which.product, provider, event_id: `asked/${which.id}/${fingerprint(piece)}` },
        { ...piece, purchase: which.id },
      )
    return true
  }

  /** Grants what is owed. Whatever keeps it from it, it is not lost: it is owed until it is granted. */
  async function grantIfOwed(
    which: PurchaseRef,
    how: 'fulfilled' | 'reissued',
    notBefore = '',
  ): Promise<void> {
    const found = await findPurchase(db, which.product, which.id)
    if (!found || !isOwed(found.status)) return
    const scene = await loadContext(which, notBefore)
    try {
      await move(which, scene, turn(which, 'fulfil'), before =>
        fulfil(known(before), scene.facts, how, scene.at),
      )
    } catch (error) {
      if (error instanceof Refused) throw error
      await move(which, scene, turn(which, 'granting'), before => stillGranting(known(before), scene.at))
    }
  }

  async function follow(which: PurchaseRef, how: 'fulfilled' | 'reissued', notBefore = ''): Promise<void> {
    const scene = await loadContext(which, notBefore)
    await move(which, scene, turn(which, 'news'), before =>
      applyPaymentFacts(known(before), scene.facts, scene.at),
    )
    await grantIfOwed(which, how, notBefore)
  }

  /** Does what is due: asks the provider for what webhooks did not tell, or says that credits are late. */
  async function stepDue(which: PurchaseRef, due_at: string): Promise<boolean> {
    const found = await findPurchase(db, which.product, which.id)
    const before = known(found?.status ?? null)
    const { references, at } = await loadContext(which, due_at)
    const due = nextDueOf(before)
    if (due === null || at < due) return true
    let answered = true
    if (before.state === 'awaiting_payment') {
      answered = await ask(which, references).catch(ignoreRefusal)
      const { facts } = await loadContext(which)
      const age = facts.paid?.at ? now().getTime() - Date.parse(facts.paid.at) : Number.POSITIVE_INFINITY
      const fresh = !found?.test_clock && age < before.terms.within_minutes * 60_000
      await follow(which, isLate(before, at) && !fresh ? 'reissued' : 'fulfilled', due_at)
    }
    const scene = await loadContext(which, due_at)
    await move(which, scene, turn(which, 'due'), status => stepPurchase(known(status), scene.at))
    await grantIfOwed(which, 'fulfilled', due_at)
    return answered
  }

  return { loadContext: loadContext, move, turn, ask, grantIfOwed, follow, stepDue }
}

/** Nobody could be asked, which is not a failure of ours. */
export function ignoreRefusal(error: unknown): false {
  if (error instanceof Refused) return false
  throw error
}

/** @throws Refused not_found */
export function known(purchase: Purchase | null): Purchase {
  if (purchase) return purchase
  throw new Refused({ code: 'not_found', detail: 'There is no such purchase.' })
}
