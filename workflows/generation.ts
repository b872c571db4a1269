import {
  type ApplicationFailure,
  allHandlersFinished,
  condition,
  currentUpdateInfo,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { GenerationActivities } from '../activities/generation.ts'
import {
  type CompleteMessage,
  checkCompleteMessage,
  decideSettlement,
  isClosed,
  type Progress,
  type Settlement,
} from '../domain/generations/settlement.ts'
import { attention } from '../domain/shared/attention.ts'
import { invalidRequest, Refused } from '../domain/shared/refusals.ts'
import { generationWorkflowId } from './contract/ids.ts'
import {
  callerTimedOutSignal,
  cancelUpdate,
  clockUpdate,
  closeSignal,
  completeUpdate,
  failUpdate,
  type Generation,
  type GenerationAnswer,
  type GenerationInput,
  type GenerationStart,
  reserveUpdate,
  resyncUpdate,
  revisionQuery,
  searchAttributes,
} from './contract/messages.ts'
import { ignoreRefusal, mapRefusals, refusalIn, toFailure } from './lib/failures.ts'

/** Someone waits for the answer, so a book that cannot be reached is soon called away. */
const { reserve } = proxyLocalActivities<GenerationActivities>({
  startToCloseTimeout: '3s',
  scheduleToCloseTimeout: '4s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumAttempts: 3 },
})

/** These must happen, however long the book is away; longer waits become timers, which survive the worker. */
const { settle, abandon, findReserved } = proxyLocalActivities<GenerationActivities>({
  startToCloseTimeout: '5s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
})

// It is short, so under Worker Deployments it ends on the build that it began on. Other workers may not say such a thing.
setWorkflowOptions(
  () => (workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'PINNED' } : {}),
  generation,
)

type FoundOnBook = Awaited<ReturnType<typeof reserve>> & { clock?: string | null }

export type GenerationOutcome = { outcome: string; spent?: number; refunded?: number; code?: string }

/**
 * One generation: its cost is reserved at once; then it is completed, failed, cancelled or runs out of time, whichever
 * comes first, and what was held is spent or given back, once. A refused reservation ends it with outcome `refused`.
 */
export async function generation(input: GenerationStart): Promise<GenerationOutcome> {
  const story = new Story(input)
  setHandler(reserveUpdate, fingerprint => story.askedToReserve(fingerprint))
  setHandler(completeUpdate, (message?: CompleteMessage) => story.settle({ kind: 'complete', ...message }), {
    validator: (message?: CompleteMessage) => mapRefusals(() => checkCompleteMessage(message)),
  })
  setHandler(failUpdate, () => story.settle({ kind: 'fail' }))
  setHandler(cancelUpdate, () => story.settle({ kind: 'cancel' }))
  setHandler(callerTimedOutSignal, updateId => story.unheard(updateId))
  setHandler(closeSignal, () => story.cancelForClosing())
  setHandler(resyncUpdate, () => story.catchUp())
  setHandler(revisionQuery, () => story.mark())
  setHandler(clockUpdate, now => story.clockMoved(now))

  await story.reserve()
  if (!story.refusal) {
    await story.settledOrDue()
    if (!story.over) await story.timeOut()
  }
  await condition(allHandlersFinished)
  return story.outcome()
}

class Story {
  readonly input: GenerationStart
  refusal: ApplicationFailure | undefined
  private answer: GenerationAnswer | undefined
  private current: Generation | undefined
  private progress: Progress | undefined
  private account: Awaited<ReturnType<typeof reserve>>['account'] | undefined
  private clock = ''
  private lastSettlement: Promise<unknown> = Promise.resolve()
  private readonly askers = new Set<string>()
  private readonly unheardUpdates = new Set<string>()
  private undoing = false

  constructor(input: GenerationStart) {
    this.input = input ?? {}
  }

  async reserve(): Promise<void> {
    try {
      mapRefusals(() => checkIdentity(this.input))
      if (this.nobodyWaits()) throw unavailable('The answer would have come too late.')
      if (this.input.resumed) this.follow(await findReserved(this.input))
      else this.follow(await reserve(this.input))
    } catch (error) {
      const refusal = refusalIn(error) ?? unavailable('The book could not be reached.')
      // A first try may have held credits although no answer came.
      if (refusal.type === 'temporarily_unavailable') await abandon(this.input)
      this.refuse(refusal)
    }
  }

  private refuse(refusal: ApplicationFailure): void {
    this.refusal = refusal
    setCurrentDetails(`Refused: ${refusal.message}\n\nNothing is held. There is nothing to do.`)
    this.label('refused')
  }

  private follow({ answer, since, progress, account, clock }: FoundOnBook): void {
    this.account = account
    this.progress = progress
    this.answer = answer
    if (clock) this.clock = clock
    this.tell(since ?? answer.generation)
  }

  /** The book may have gone on without this workflow: what it says is so here too. */
  async catchUp(): Promise<void> {
    await this.reserved()
    await this.inTurn(async () => this.follow(await findReserved(this.input))).catch(error => {
      throw refusalIn(error) ?? error
    })
  }

  /** How much of it is settled. */
  mark(): string {
    return this.current ? `${this.current.state}/${this.current.items.length}` : ''
  }

  /** Whoever asks counts as answered, until we hear that the answer came too late. */
  askedToReserve(fingerprint?: string): Promise<GenerationAnswer> {
    const id = currentUpdateInfo()?.id ?? ''
    if (!this.unheardUpdates.has(id)) this.askers.add(id)
    return this.reserved(fingerprint)
  }

  /** What nobody knows of is not held: once all who asked were told so, the reservation is undone. */
  async unheard(updateId: string): Promise<void> {
    this.unheardUpdates.add(updateId)
    this.askers.delete(updateId)
    // What is not reserved yet is undone when it is. To decide before would also depend on what a replay tells at once.
    await condition(() => this.refusal !== undefined || this.answer !== undefined)
    await this.inTurn(() => this.undoUnheard()).catch(ignoreRefusal)
  }

  private async undoUnheard(): Promise<void> {
    // Who heard of one that was resumed is not known any more.
    if (this.askers.size > 0 || this.input.resumed || this.over) return
    if (this.current?.items.length !== 0) return
    this.undoing = true
    await abandon(this.input)
    this.refuse(unavailable('Nobody heard the answer.'))
  }

  async reserved(fingerprint?: string): Promise<GenerationAnswer> {
    if (fingerprint && this.input.fingerprint && fingerprint !== this.input.fingerprint)
      throw toFailure(new Refused({ code: 'idempotency_key_reused' }))
    await condition(() => this.refusal !== undefined || (this.answer !== undefined && !this.undoing))
    if (this.refusal) throw this.refusal
    return this.answer as GenerationAnswer
  }

  settle(settlement: Settlement): Promise<GenerationAnswer> {
    return this.inTurn(() => this.settleNow(settlement))
  }

  /** Each decides on what the one before it left, whatever came of that. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastSettlement.then(work)
    this.lastSettlement = turn.catch(() => undefined)
    return turn
  }

  private async settleNow(settlement: Settlement): Promise<GenerationAnswer> {
    const before = await this.reserved()
    const verdict = mapRefusals(() => decideSettlement(this.progress as Progress, settlement))
    if (!verdict) return { ...before, generation: this.current as Generation, replayed: true }
    const { id, product } = this.input
    const { account } = this
    if (!account) throw new Error('reserved without an account')
    try {
      const answer = await settle({ id, product, account, settlement, verdict })
      this.progress = verdict.progress
      this.answer = answer
      this.tell(answer.generation)
      return answer
    } catch (error) {
      if (await this.bookWasAhead(error)) return this.settleNow(settlement)
      throw this.bookDisagrees(error)
    }
  }

  /**
   * Whether the book had settled more than we knew. So it is where the task that settled it was lost after that, as when a
   * message came while it ended: Temporal then tells all again, maybe in another order. What the book says holds.
   */
  private async bookWasAhead(error: unknown): Promise<boolean> {
    if (refusalIn(error)?.type !== 'already_settled') return false
    const found = await findReserved(this.input).catch(ignoreRefusal)
    if (found) this.follow(found)
    return found !== undefined
  }

  /** The book is right: what it does not hold is not held here either, and a person should know why. */
  private bookDisagrees(error: unknown): unknown {
    const refusal = refusalIn(error)
    if (!refusal) return error
    this.progress = { ...(this.progress as Progress), closing: { kind: 'cancel', left: 0, delivered: 0 } }
    upsertSearchAttributes([{ key: searchAttributes.needsAttention, value: true }])
    setCurrentDetails(
      `**Needs attention.** ${attention('settlement_conflict', `the book refused a settlement (${refusal.type}).`)}`,
    )
    return refusal
  }

  async settledOrDue(): Promise<void> {
    const closed = condition(() => this.over || this.due())
    if (this.account?.on_test_clock) return closed
    // A race instead of a condition with a timeout: the timer left over at the end costs no event of its own.
    await Promise.race([closed, sleep(this.answered.deadline_in_ms)])
  }

  /** Nobody waits for an answer to it. */
  async cancelForClosing(): Promise<void> {
    await this.settle({ kind: 'cancel' }).catch(ignoreRefusal)
  }

  timeOut(): Promise<unknown> {
    return this.settle({ kind: 'timeout' }).catch(error => {
      if (!this.over) throw error
    })
  }

  async clockMoved(now: string): Promise<void> {
    this.clock = now
    if (this.due()) await condition(() => this.over)
  }

  /** Settled, or undone. */
  get over(): boolean {
    return this.closed || this.refusal !== undefined
  }

  get closed(): boolean {
    return this.progress !== undefined && isClosed(this.progress)
  }

  private due(): boolean {
    return this.answer !== undefined && this.clock >= this.answered.deadline
  }

  /** From its beginning on the whole time that it has; when it is resumed, what is left of that. */
  private get answered(): { deadline: string; deadline_in_ms: number } {
    const { deadline, reserved_at } = (this.answer as GenerationAnswer).generation
    const since = this.input.resumed ? Date.now() : Date.parse(reserved_at)
    return { deadline, deadline_in_ms: Math.max(1, Date.parse(deadline) - since) }
  }

  private nobodyWaits(): boolean {
    return this.input.respond_by !== undefined && Date.now() > Date.parse(this.input.respond_by)
  }

  private tell(current: Generation): void {
    this.current = current
    const { state, operation, outputs, account, cost, held, spent, refunded, deadline } = current
    this.label(state)
    setCurrentDetails(
      [
        `**${operation}** × ${outputs} for account ${account}: ${cost} credits, **${state}**.`,
        `Held ${held}, spent ${spent}, refunded ${refunded}.`,
        state === 'reserved'
          ? `Comes back by itself at ${deadline}. To settle it by hand send the update \`complete\` (\`{"delivered": n}\`), \`fail\` or \`cancel\`.`
          : 'Settled; there is nothing to do.',
      ].join('\n\n'),
    )
  }

  /** Starters set the attributes of a reservation, so only what differs costs an event. */
  private label(state: string): void {
    const known = workflowInfo().typedSearchAttributes
    const wanted = [
      { key: searchAttributes.product, value: this.input.product },
      { key: searchAttributes.account, value: this.input.account },
      { key: searchAttributes.creditsState, value: state },
    ]
    const changed = wanted.filter(({ key, value }) => typeof value === 'string' && known.get(key) !== value)
    if (changed.length > 0) upsertSearchAttributes(changed)
  }

  outcome(): GenerationOutcome {
    if (this.refusal) return { outcome: 'refused', code: this.refusal.type ?? '' }
    const { state, spent, refunded } = this.current as Generation
    return { outcome: state, spent, refunded }
  }
}

/** What the workflow itself relies on; the rest of its input is checked with the reservation. */
function checkIdentity(input: GenerationInput): void {
  const { product, account, id } = input
  for (const [path, value] of Object.entries({ product, account, id })) {
    if (typeof value !== 'string' || value === '') throw invalidRequest(path, 'must be a text')
  }
  const { workflowId } = workflowInfo()
  if (workflowId !== generationWorkflowId(product, id))
    throw invalidRequest('id', `with its product does not make the workflow id ${workflowId}`)
}

function unavailable(why: string): ApplicationFailure {
  return toFailure(new Refused({ code: 'temporarily_unavailable', detail: `${why} Nothing is held.` }))
}
