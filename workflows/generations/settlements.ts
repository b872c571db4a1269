import { currentUpdateInfo } from '@temporalio/workflow'
import type { GenerationActivities } from '../../activities/generation.ts'
import type { ExtendMessage } from '../../domain/generations/extension.ts'
import type { Progress, Settlement } from '../../domain/generations/progress.ts'
import {
  decideSettlement,
  isClosed,
  MISSED_SETTLEMENTS,
  mayBeLate,
  type Verdict,
} from '../../domain/generations/settlement.ts'
import { lateUntil } from '../../domain/rates/terms.ts'
import type { Generation, GenerationAnswer, GenerationStart } from '../contract/messages.ts'
import { settlementStep } from '../lib/activity-options.ts'
import { ignoreRefusal, mapRefusals, refusalIn, unwrapFailure } from '../lib/failures.ts'
import { SerialQueue } from '../lib/serial-queue.ts'
import { localSteps } from '../lib/steps.ts'
import { publishConflict, publishGeneration } from './status.ts'

const { settle, extend, findReservation } = localSteps<GenerationActivities, 'settle' | 'extend' | 'findReservation'>(
  settlementStep,
  {
    extend: 'Move the deadline in the ledger',
    settle: 'Settle the hold in the ledger',
    findReservation: 'Read the reservation from the ledger',
  },
)

export type Reservation = Awaited<ReturnType<GenerationActivities['reserve' | 'findReservation']>>

/** The settlements of one generation, one at a time, each decided on the ledger's result of the one before. */
export class Settlements {
  readonly queue = new SerialQueue()
  /** the answer to `reserve`, or to the last settlement; undefined until it is reserved */
  answer: GenerationAnswer | undefined
  current: Generation | undefined
  private readonly input: GenerationStart
  private account: Reservation['account'] | undefined
  private progress: Progress | undefined

  constructor(input: GenerationStart) {
    this.input = input
  }

  isClosed(): boolean {
    return this.progress !== undefined && isClosed(this.progress)
  }

  /** Until when a result is charged after the time-out, as ISO 8601; null: it is not. */
  lateUntil(): string | null {
    const { progress, current } = this
    if (!progress?.terms || !current || !mayBeLate(progress)) return null
    return lateUntil(progress.terms, current.settled_at)
  }

  isOnTestClock(): boolean {
    return this.account?.on_test_clock ?? false
  }

  /** Equal to the ledger's revision if the workflow is up to date. */
  revision(): string {
    if (!this.current) return ''
    const { state, items, deadline } = this.current
    return `${state}/${items.length}/${deadline}`
  }

  outcome() {
    const { state, spent, refunded } = this.current as Generation
    return { outcome: state, spent, refunded }
  }

  /** Replaces its state by that of the ledger. */
  apply({ account, progress, answer, since }: Reservation): void {
    this.account = account
    this.progress = progress
    this.publish(answer, since ?? answer.generation)
  }

  /** Call it within the queue, once the generation is reserved. @throws ApplicationFailure the refusal of the settlement */
  async settle(settlement: Settlement): Promise<GenerationAnswer> {
    const { account, progress, answer, current } = this
    if (!account || !progress || !answer || !current) throw new Error('settled before it was reserved')
    const verdict = mapRefusals(() => decideSettlement(progress, settlement))
    if (!verdict) return { ...answer, generation: current, replayed: true }
    const { id, product } = this.input
    try {
      const settled = await settle({ id, product, account, settlement, verdict })
      this.progress = verdict.progress
      this.publish(settled, settled.generation)
      return settled
    } catch (error) {
      if (await this.applyMissedSettlements(error)) return this.settle(settlement)
      throw this.onConflict(error, progress, verdict)
    }
  }

  /** Call it within the queue, once the generation is reserved. @throws ApplicationFailure the refusal of the extension */
  async extend(message: ExtendMessage): Promise<GenerationAnswer> {
    const { id, product } = this.input
    const extended = await unwrapFailure(() => extend({ id, product, message, key: currentUpdateInfo()?.id ?? '' }))
    this.apply(extended)
    return extended.answer
  }

  /**
   * Takes over settlements that the ledger has and the workflow has not. It happens when the workflow task that settled
   * was lost, because a message arrived while it ended: Temporal then delivers the messages again, maybe in another order.
   * The ledger then has the settlement's key with other items, and refuses it as reused.
   * @returns false where the error has another reason
   */
  private async applyMissedSettlements(error: unknown): Promise<boolean> {
    if (!MISSED_SETTLEMENTS.includes(refusalIn(error)?.type ?? '')) return false
    const before = this.revision()
    const found = await findReservation(this.input).catch(ignoreRefusal)
    if (found) this.apply(found)
    return this.revision() !== before
  }

  /**
   * The ledger is right: nothing more is held. Raise attention to find the reason, unless the caller asks for more than is held,
   * or too late.
   */
  private onConflict(error: unknown, progress: Progress, { late }: Verdict): unknown {
    const refusal = refusalIn(error)
    if (!refusal || late || refusal.type === 'price_out_of_range') return refusal ?? error
    this.progress = { ...progress, rest: { kind: 'cancel', left: 0, delivered: 0 } }
    publishConflict(refusal.type ?? '')
    return refusal
  }

  private publish(answer: GenerationAnswer, current: Generation): void {
    this.answer = answer
    this.current = current
    publishGeneration(this.input, current)
  }
}
