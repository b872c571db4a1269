import {
  type ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type {
  MembershipActivities,
  MembershipMessage,
  MembershipStatus,
  NotStarted,
} from '../activities/membership.ts'
import { Refused } from '../domain/shared/refusals.ts'
import {
  checkUpdate,
  clockUpdate,
  closeSignal,
  eventUpdate,
  type MembershipInput,
  openUpdate,
  resyncUpdate,
  revisionQuery,
  searchAttributes,
} from './contract/messages.ts'
import { ignoreRefusal, refusalIn, toFailure } from './lib/failures.ts'
import { CHECK_AGAIN, membershipDetails } from './membership-status.ts'

/** What is due must happen, however long the book is away; longer waits become timers, which survive the worker. */
const { openMembership, stepMembership, applyToMembership, syncSubscription } =
  proxyLocalActivities<MembershipActivities>({
    startToCloseTimeout: '8s',
    localRetryThreshold: '5s',
    retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
  })

/** A timer of Temporal waits a few years at most; a longer wait is made of several. */
const LONGEST_WAIT_MS = 300 * 24 * 3_600_000
/** How soon a payment provider that could not be reached at the beginning is asked again. */
const ASK_AGAIN_MS = 10 * 60_000

/**
 * One membership, from its beginning to its end: month after month it gives what is due while it is paid, goes past due
 * and lapses when it is not, and comes back when it is renewed. The rules decide and the book remembers; the workflow
 * waits for the next due time or for a message, and continues as new after every grant.
 */
export async function membership(input: MembershipInput): Promise<{ outcome: string }> {
  const story = new Story(input)
  setHandler(openUpdate, fingerprint => story.opened(fingerprint), {
    description: 'Answers when the membership is on the book.',
  })
  setHandler(eventUpdate, (event, id) => story.apply(event, id), {
    description:
      'Something happens to it: {"kind": …} and an id, by which it happens once. See the current details.',
  })
  setHandler(checkUpdate, () => story.check(), {
    description: 'Asks the payment provider how its subscription stands, and follows it.',
  })
  setHandler(closeSignal, () => story.endForClosing())
  setHandler(resyncUpdate, () => story.catchUp())
  setHandler(revisionQuery, () => story.mark())
  setHandler(clockUpdate, now => story.clockMoved(now), {
    description: "Tells that the account's test clock stands at this time.",
  })

  await story.open()
  while (story.isRunning()) {
    await story.dueOrFull()
    if (story.isDue()) await story.step()
    else if (story.shouldAsk()) await story.askAgain()
    if (story.shouldStartAfresh()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof membership>(story.continued())
    }
  }
  await condition(allHandlersFinished)
  return { outcome: story.outcome() }
}

class Story {
  private readonly input: MembershipInput
  private standing: MembershipStatus | undefined
  private refusal: ApplicationFailure | undefined
  private clock = ''
  private granted = false
  private notBegun: NotStarted | undefined
  private askAt: number | undefined
  private retryAfterMs = ASK_AGAIN_MS
  private lastMove: Promise<unknown> = Promise.resolve()

  constructor(input: MembershipInput) {
    this.input = input
  }

  /** A run that continues another one is told how the membership stands, or finds it on the book. */
  async open(): Promise<void> {
    const { opening, subscription, standing, ...which } = this.input
    if (standing) return this.tell({ ...standing, granted: false })
    if (subscription) return this.begun()
    try {
      if (opening) await this.move(() => openMembership({ ...which, opening }))
      else await this.move(() => stepMembership({ ...which, due_at: '' }))
    } catch (error) {
      this.refusal = refusalIn(error)
      if (!this.refusal) throw error
      setCurrentDetails(`Refused: ${this.refusal.message}`)
    }
    this.granted = false
  }

  /** Waits until the subscription was asked for, and asks again when that failed. */
  private async begun(): Promise<void> {
    const known = () => (this.standing ?? this.notBegun) !== undefined
    while (!(await condition(known, ASK_AGAIN_MS))) await this.check().catch(ignoreRefusal)
    this.granted = false
  }

  /** Asks the payment provider, and follows it. */
  async check(): Promise<void> {
    if (!this.input.subscription) await this.opened()
    const { opening: _, standing: __, ...which } = this.input
    await this.inTurn(async () => {
      const found = await syncSubscription(which)
      this.askAt = undefined
      if ('state' in found) this.tell(found)
      else this.tellNotBegun(found)
    }).catch(error => {
      throw refusalIn(error) ?? error
    })
  }

  async askAgain(): Promise<void> {
    this.askAt = Date.now() + this.retryAfterMs
    await this.check().catch(ignoreRefusal)
  }

  async opened(fingerprint?: string): Promise<void> {
    if (fingerprint && this.input.fingerprint && fingerprint !== this.input.fingerprint)
      throw toFailure(new Refused({ code: 'idempotency_key_reused' }))
    const known = () => (this.standing ?? this.refusal ?? this.notBegun) !== undefined
    await condition(known)
    if (this.refusal) throw this.refusal
    if (!this.standing)
      throw toFailure(new Refused({ code: 'not_found', detail: 'The membership has not begun.' }))
  }

  async apply(event: MembershipMessage, event_id: string): Promise<void> {
    await this.opened()
    const { opening: _, subscription: __, standing: ___, ...which } = this.input
    await this.move(() => applyToMembership({ ...which, event, event_id })).catch(error => {
      throw refusalIn(error) ?? error
    })
  }

  /** Nobody waits for an answer to it; what is refused has ended, or closing looks again. */
  async endForClosing(): Promise<void> {
    await this.apply({ kind: 'cancel', when: 'now' }, 'account-closed').catch(ignoreRefusal)
  }

  async step(): Promise<void> {
    const { opening: _, subscription: __, standing: ___, ...which } = this.input
    const due_at = this.standing?.next_due_at ?? ''
    await this.move(() => stepMembership({ ...which, due_at }))
  }

  /** The book may have gone on without this workflow: what it says is so here too, and what is due is done. */
  async catchUp(): Promise<void> {
    await this.opened()
    const { opening: _, subscription: __, standing: ___, ...which } = this.input
    await this.move(() => stepMembership({ ...which, due_at: '' })).catch(error => {
      throw refusalIn(error) ?? error
    })
  }

  /** How many moves it has followed. */
  mark(): string {
    return String(this.standing?.revision ?? '')
  }

  /** Moves take their turn, so that each decides on what the one before it left. */
  private move(make: () => Promise<MembershipStatus>): Promise<void> {
    return this.inTurn(async () => this.tell(await make()))
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.lastMove.then(work)
    this.lastMove = turn.catch(() => undefined)
    return turn
  }

  async clockMoved(now: string): Promise<void> {
    await this.opened()
    this.clock = now
    await condition(() => !this.isDue())
  }

  /** What the next run has to be told: once begun, how it stands. */
  continued(): MembershipInput {
    const { standing } = this
    const { opening: _, subscription, standing: __, ...ids } = this.input
    if (standing) return { ...ids, standing }
    return subscription ? { ...ids, subscription } : ids
  }

  /** One that has ended stays for as long as somebody has to see to it. */
  isRunning(): boolean {
    const { standing, notBegun } = this
    if (!standing) return Boolean(notBegun?.attention)
    return standing.state !== 'ended' || Boolean(standing.attention)
  }

  shouldAsk(): boolean {
    return this.askAt !== undefined && Date.now() >= this.askAt
  }

  isDue(): boolean {
    const due = this.standing?.next_due_at
    if (!due) return false
    return this.standing?.on_test_clock ? this.clock >= due : Date.now() >= Date.parse(due)
  }

  /** Waits until something is due, a message changed what is, or the history is long enough to start afresh. */
  async dueOrFull(): Promise<void> {
    const { standing: before, notBegun } = this
    const stirred = () =>
      this.standing !== before ||
      this.notBegun !== notBegun ||
      this.isDue() ||
      this.shouldAsk() ||
      this.shouldStartAfresh()
    const due = before?.next_due_at
    const times = due && !before.on_test_clock ? [Date.parse(due)] : []
    if (this.askAt !== undefined) times.push(this.askAt)
    if (times.length === 0) {
      await condition(stirred)
      return
    }
    const wait = Math.max(1, Math.min(...times) - Date.now())
    await condition(stirred, Math.min(wait, LONGEST_WAIT_MS))
  }

  shouldStartAfresh(): boolean {
    return this.granted || workflowInfo().continueAsNewSuggested
  }

  outcome(): string {
    return this.refusal ? 'refused' : (this.standing?.state ?? this.notBegun?.reason ?? '')
  }

  private tellNotBegun(found: NotStarted): void {
    this.notBegun = found
    this.raise(found.attention)
    setCurrentDetails(
      `The subscription ${this.input.subscription} of account ${this.input.account} began no membership. ${found.reason}\n\n${CHECK_AGAIN}`,
    )
  }

  private raise(attention: string | null | undefined): void {
    const raised = workflowInfo().typedSearchAttributes.get(searchAttributes.needsAttention) ?? false
    const value = Boolean(attention)
    if (raised !== value) upsertSearchAttributes([{ key: searchAttributes.needsAttention, value }])
  }

  private tell(standing: MembershipStatus): void {
    const { state, plan, next_grant, granted, attention, retry_after_ms } = standing
    this.standing = standing
    if (retry_after_ms) {
      this.retryAfterMs = retry_after_ms
      this.askAt = Date.now() + retry_after_ms
    }
    this.raise(attention)
    this.granted ||= granted
    const running = state === 'active' || state === 'past_due' || state === 'trialing'
    const known = workflowInfo().typedSearchAttributes
    const wanted = [
      { key: searchAttributes.product, value: this.input.product },
      { key: searchAttributes.account, value: this.input.account },
      { key: searchAttributes.plan, value: plan },
      { key: searchAttributes.creditsState, value: state },
    ].filter(({ key, value }) => known.get(key) !== value)
    const at = new Date(next_grant.at)
    const moved = running && known.get(searchAttributes.nextGrantAt)?.getTime() !== at.getTime()
    if (wanted.length > 0 || moved)
      upsertSearchAttributes([
        ...wanted,
        ...(moved ? [{ key: searchAttributes.nextGrantAt, value: at }] : []),
        // Nothing is to come while it does not run.
        ...(running ? [] : [{ key: searchAttributes.nextGrantAt, value: null }]),
      ])
    setCurrentDetails(membershipDetails(standing, this.input.account, workflowInfo().workflowId))
  }
}
