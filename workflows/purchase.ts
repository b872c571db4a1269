import {
  type ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { PurchaseActivities, PurchaseMessage, PurchaseStatus } from '../activities/purchase.ts'
import { attention } from '../domain/shared/attention.ts'
import { Refused } from '../domain/shared/refusals.ts'
import {
  checkUpdate,
  clockUpdate,
  closeSignal,
  openUpdate,
  type PurchaseInput,
  paymentsProcessedUpdate,
  paymentUpdatedSignal,
  purchaseUpdate,
  resyncUpdate,
  revisionQuery,
  searchAttributes,
} from './contract/messages.ts'
import { ignoreRefusal, refusalIn, toFailure } from './lib/failures.ts'
import { purchaseDetails } from './purchase-status.ts'

const retry = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' } as const

/** What was paid for must come, however long the book is away. */
const { openPurchase, followPurchase } = proxyLocalActivities<PurchaseActivities>({
  startToCloseTimeout: '8s',
  localRetryThreshold: '5s',
  retry,
})

/** What asks somebody outside may take its time; meanwhile the workflow goes on hearing. */
const {
  followPurchase: askAndFollow,
  stepPurchase,
  applyToPurchase,
  openCheckout,
  emailCode,
  payRefund,
} = proxyActivities<PurchaseActivities>({ startToCloseTimeout: '30s', retry })

/** A timer of Temporal waits a few years at most; a longer wait is made of several. */
const LONGEST_WAIT_MS = 300 * 24 * 3_600_000
/** How soon a provider that could not be reached is asked again. */
const ASK_AGAIN_MS = 10 * 60_000
/** What failed is tried again after 1 s, 2 s, 4 s … up to this. */
const LONGEST_PAUSE_MS = 5 * 60_000
/** A refund that could not be paid for a quarter of a minute is given up: the credits come back. */
const REFUND_TRIES = 5
/** How long the first answer waits for the payment page. */
const PAGE_WITHIN_MS = 3_000

/**
 * One purchase: the customer pays, the credits come, once, and what goes back later takes them with it. The rules decide
 * and the book remembers; the workflow waits for news of the payment, for messages and for what falls due, and tries
 * again what providers could not do yet. One that is over begins again with its next news.
 */
export async function purchase(input: PurchaseInput): Promise<{ outcome: string }> {
  const story = new Story(input)
  setHandler(paymentUpdatedSignal, () => story.hear())
  setHandler(openUpdate, fingerprint => story.opened(fingerprint))
  setHandler(purchaseUpdate, (event, id) => story.apply(event, id))
  setHandler(checkUpdate, () => story.check())
  setHandler(paymentsProcessedUpdate, () => story.settled())
  setHandler(closeSignal, () => story.endForClosing())
  setHandler(resyncUpdate, () => story.catchUp())
  setHandler(revisionQuery, () => story.mark())
  setHandler(clockUpdate, now => story.clockMoved(now))

  await story.begin()
  while (story.isRunning()) {
    await story.somethingToDo()
    await story.doNext()
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished)
      const { opening: _, references: __, ...ids } = input
      await continueAsNew<typeof purchase>(ids)
    }
  }
  await condition(allHandlersFinished)
  return { outcome: story.outcome() }
}

class Story {
  private readonly input: PurchaseInput
  private readonly which: Omit<PurchaseInput, 'opening' | 'references'>
  private standing: PurchaseStatus | undefined
  private refusal: ApplicationFailure | undefined
  private begun = false
  private clock = ''
  private news = 0
  private heard = 0
  private askAt: number | undefined
  private tries = 0
  private tryAt = 0
  private lastTurn: Promise<unknown> = Promise.resolve()

  constructor(input: PurchaseInput) {
    this.input = input
    const { opening: _, references: __, ...which } = input
    this.which = which
  }

  /** One that begins again finds its purchase on the book. */
  async begin(): Promise<void> {
    const { opening } = this.input
    const begin = () =>
      opening ? openPurchase({ ...this.input, opening }) : followPurchase({ ...this.which })
    try {
      this.heard = this.news
      await this.move(begin)
      if (this.standing?.work) await this.inTurn(() => this.pursue())
    } catch (error) {
      this.refusal = refusalIn(error)
      if (!this.refusal) throw error
      // News of a payment that cannot be followed.
      if (!opening) upsertSearchAttributes([{ key: searchAttributes.needsAttention, value: true }])
      const words = this.refusal.message
      setCurrentDetails(
        opening ? `Refused: ${words}` : `**Needs attention.** ${attention('transition_refused', words)}`,
      )
    }
    this.begun = true
  }

  async opened(fingerprint?: string): Promise<void> {
    const { opening } = this.input
    if (fingerprint && opening && fingerprint !== opening.fingerprint)
      throw toFailure(new Refused({ code: 'idempotency_key_reused' }))
    await condition(() => (this.standing ?? this.refusal) !== undefined)
    if (this.refusal) throw this.refusal
    // The answer should name the page to pay on, where the provider opens it in time.
    if (!this.begun) await condition(() => this.begun, PAGE_WITHIN_MS)
  }

  hear(): void {
    this.news++
  }

  async settled(): Promise<void> {
    const { news } = this
    await this.opened()
    await condition(() => this.heard >= news)
    await this.lastTurn
  }

  /** What is on the book that it did not hear of is news like any other. */
  async catchUp(): Promise<void> {
    this.hear()
    await this.settled()
  }

  /** How many moves it has followed. */
  mark(): string {
    return String(this.standing?.revision ?? '')
  }

  async apply(event: PurchaseMessage, event_id: string): Promise<void> {
    await this.opened()
    await this.move(() => applyToPurchase({ ...this.which, event, event_id })).catch(error => {
      throw refusalIn(error) ?? error
    })
    this.tries = 0
    if (this.standing?.work) await this.inTurn(() => this.pursue())
  }

  /** Nobody waits for an answer to it; what is refused has ended, or closing looks again. */
  async endForClosing(): Promise<void> {
    await this.apply({ kind: 'close' }, 'account-closed').catch(ignoreRefusal)
  }

  /** Asks the payment provider, and follows it. */
  async check(): Promise<void> {
    await this.opened()
    await this.move(() => askAndFollow({ ...this.which, ask: true })).catch(error => {
      throw refusalIn(error) ?? error
    })
    this.askAt = undefined
  }

  async clockMoved(now: string): Promise<void> {
    await this.opened()
    this.clock = now
    await condition(() => !this.isDue())
  }

  isRunning(): boolean {
    return this.standing !== undefined && (this.standing.running || this.heard < this.news)
  }

  outcome(): string {
    return this.refusal ? 'refused' : (this.standing?.state ?? '')
  }

  /** Waits for news, for something that is due, or until what failed may be tried again. */
  async somethingToDo(): Promise<void> {
    const { standing: before } = this
    const stirred = () =>
      this.standing !== before ||
      this.heard < this.news ||
      this.isDue() ||
      this.shouldAsk() ||
      this.shouldTry()
    const due = before?.next_due_at
    const times = due && !before.on_test_clock ? [Date.parse(due)] : []
    if (this.askAt !== undefined) times.push(this.askAt)
    if (before?.work) times.push(this.tryAt)
    if (times.length === 0) return condition(stirred)
    await condition(stirred, Math.min(Math.max(1, Math.min(...times) - Date.now()), LONGEST_WAIT_MS))
  }

  /** What fails because the book or the provider refuses is told, and tried again later. */
  async doNext(): Promise<void> {
    try {
      if (this.heard < this.news) await this.follow()
      else if (this.isDue()) await this.step()
      else if (this.shouldTry()) await this.inTurn(() => this.pursue())
      else if (this.shouldAsk()) await this.check()
    } catch (error) {
      const failure = refusalIn(error)
      if (!failure) throw error
      this.askAt = Date.now() + ASK_AGAIN_MS
      const standing = this.standing as PurchaseStatus
      const outage = failure.type === 'temporarily_unavailable'
      const refused = outage ? standing.attention : attention('transition_refused', failure.message)
      this.tell({ ...standing, attention: refused, next_due_at: null }, failure.message)
    }
  }

  private async follow(): Promise<void> {
    const { news } = this
    this.heard = news
    // In one turn with the letter, so that whoever told the news finds it sent.
    await this.inTurn(async () => {
      this.tell(await followPurchase({ ...this.which }))
      if (this.standing?.work === 'mail') await this.pursue()
    })
  }

  private async step(): Promise<void> {
    const due_at = this.standing?.next_due_at ?? ''
    await this.move(() => stepPurchase({ ...this.which, due_at }))
  }

  /** What is left to do: open the page, grant, pay back. Tried again later where it cannot be done now. */
  private async pursue(): Promise<void> {
    const work = this.standing?.work
    if (!work) return
    try {
      if (work === 'checkout') this.tell(await openCheckout({ ...this.which, tries: this.tries }))
      else if (work === 'fulfil') this.tell(await followPurchase({ ...this.which }))
      else if (work === 'mail') this.tell(await emailCode(this.which))
      else this.tell(await payRefund({ ...this.which, last: this.tries + 1 >= REFUND_TRIES }))
    } catch (error) {
      const failure = refusalIn(error)
      if (!failure) throw error
      this.tell(this.standing as PurchaseStatus, failure.message)
    }
    this.tries = this.standing?.work === work ? this.tries + 1 : 0
    this.tryAt = Date.now() + Math.min(1000 * 2 ** (this.tries - 1), LONGEST_PAUSE_MS)
  }

  /** Moves take their turn, so that each decides on what the one before it left. */
  private move(make: () => Promise<PurchaseStatus>): Promise<void> {
    return this.inTurn(async () => this.tell(await make()))
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.lastTurn.then(work)
    this.lastTurn = turn.catch(() => undefined)
    return turn
  }

  private shouldAsk(): boolean {
    return this.askAt !== undefined && Date.now() >= this.askAt
  }

  private shouldTry(): boolean {
    return Boolean(this.standing?.work) && Date.now() >= this.tryAt
  }

  private isDue(): boolean {
    const due = this.standing?.next_due_at
    if (!due) return false
    return this.standing?.on_test_clock ? this.clock >= due : Date.now() >= Date.parse(due)
  }

  private tell(standing: PurchaseStatus, trouble = ''): void {
    this.standing = standing
    if (standing.ask_again) this.askAt = Date.now() + ASK_AGAIN_MS
    if (standing.state !== 'awaiting_payment' && !trouble) this.askAt = undefined
    const { product, account } = this.which
    const known = workflowInfo().typedSearchAttributes
    const needed = { key: searchAttributes.needsAttention, value: Boolean(standing.attention) }
    const wanted = [
      { key: searchAttributes.product, value: product },
      { key: searchAttributes.account, value: account },
      { key: searchAttributes.creditsState, value: standing.state },
    ].filter(({ key, value }) => known.get(key) !== value)
    const raise = (known.get(needed.key) ?? false) !== needed.value ? [needed] : []
    if (wanted.length + raise.length > 0) upsertSearchAttributes([...wanted, ...raise])
    setCurrentDetails(purchaseDetails(standing, workflowInfo().workflowId, trouble))
  }
}
