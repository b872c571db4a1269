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
import type { MembershipActivities, MembershipMessage, MembershipStanding } from '../activities/membership.ts'
import { refusalIn } from './failures.ts'
import { clockUpdate, eventUpdate, type MembershipInput, openUpdate, searchAttributes } from './messages.ts'

/** What is due must happen, however long the book is away; longer waits become timers, which survive the worker. */
const { openMembership, stepMembership, applyToMembership } = proxyLocalActivities<MembershipActivities>({
  startToCloseTimeout: '5s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
})

/** A timer of Temporal waits a few years at most; a longer wait is made of several. */
const LONGEST_WAIT_MS = 300 * 24 * 3_600_000

/**
 * One membership, from its beginning to its end: month after month it gives what is due while it is paid, goes past due
 * and lapses when it is not, and comes back when it is renewed. The rules decide and the book remembers; the workflow
 * waits for the next due time or for a message, and continues as new after every grant.
 */
export async function membership(input: MembershipInput): Promise<{ outcome: string }> {
  const story = new Story(input)
  setHandler(openUpdate, () => story.opened())
  setHandler(eventUpdate, (event, id) => story.apply(event, id))
  setHandler(clockUpdate, now => story.clockMoved(now))

  await story.open()
  while (story.isRunning()) {
    await story.dueOrFull()
    if (story.isDue()) await story.step()
    if (story.shouldStartAfresh()) {
      await condition(allHandlersFinished)
      const { opening: _, ...ids } = input
      await continueAsNew<typeof membership>(ids)
    }
  }
  await condition(allHandlersFinished)
  return { outcome: story.outcome() }
}

class Story {
  private readonly input: MembershipInput
  private standing: MembershipStanding | undefined
  private refusal: ApplicationFailure | undefined
  private clock = ''
  private granted = false
  private lastMove: Promise<unknown> = Promise.resolve()

  constructor(input: MembershipInput) {
    this.input = input
  }

  /** A run that continues another one finds its membership on the book. */
  async open(): Promise<void> {
    const { opening, ...which } = this.input
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

  async opened(): Promise<void> {
    await condition(() => this.standing !== undefined || this.refusal !== undefined)
    if (this.refusal) throw this.refusal
  }

  async apply(event: MembershipMessage, event_id: string): Promise<void> {
    await this.opened()
    const { opening: _, ...which } = this.input
    await this.move(() => applyToMembership({ ...which, event, event_id })).catch(error => {
      throw refusalIn(error) ?? error
    })
  }

  async step(): Promise<void> {
    const { opening: _, ...which } = this.input
    const due_at = this.standing?.next_due_at ?? ''
    await this.move(() => stepMembership({ ...which, due_at }))
  }

  /** Moves take their turn, so that each decides on what the one before it left. */
  private move(make: () => Promise<MembershipStanding>): Promise<void> {
    const turn = this.lastMove.then(async () => this.tell(await make()))
    this.lastMove = turn.catch(() => undefined)
    return turn
  }

  async clockMoved(now: string): Promise<void> {
    await this.opened()
    this.clock = now
    await condition(() => !this.isDue())
  }

  isRunning(): boolean {
    return this.standing !== undefined && this.standing.state !== 'ended'
  }

  isDue(): boolean {
    const due = this.standing?.next_due_at
    if (!due) return false
    return this.standing?.on_test_clock ? this.clock >= due : Date.now() >= Date.parse(due)
  }

  /** Waits until something is due, a message changed what is, or the history is long enough to start afresh. */
  async dueOrFull(): Promise<void> {
    const before = this.standing
    const stirred = () => this.standing !== before || this.isDue() || this.shouldStartAfresh()
    const due = before?.next_due_at
    if (!due || before.on_test_clock) {
      await condition(stirred)
      return
    }
    const wait = Math.max(1, Date.parse(due) - Date.now())
    await condition(stirred, Math.min(wait, LONGEST_WAIT_MS))
  }

  shouldStartAfresh(): boolean {
    return this.granted || workflowInfo().continueAsNewSuggested
  }

  outcome(): string {
    return this.refusal ? 'refused' : (this.standing?.state ?? '')
  }

  private tell(standing: MembershipStanding): void {
    const { state, plan, slots, paid_through, next_grant, granted } = standing
    this.standing = standing
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
      ])
    setCurrentDetails(
      [
        `Plan **${plan}** × ${slots} of account ${this.input.account}: **${state}**.`,
        paid_through ? `Paid through ${paid_through}.` : 'Needs no payment.',
        running
          ? `Next grant: ${next_grant.credits ?? 'an amount not configured yet'} at ${next_grant.at}.`
          : '',
        'To repair it send the update `event` with `{"kind": "renew", "paid_through": TIME}`, `{"kind": "reactivate"}`, `{"kind": "lapse"}` or `{"kind": "cancel", "when": "now"}`, and an id of your own as the second argument.',
      ]
        .filter(Boolean)
        .join('\n\n'),
    )
  }
}
