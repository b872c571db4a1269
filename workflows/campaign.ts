import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import type { CampaignActivities, CampaignStatus } from '../activities/campaign.ts'
import { type CampaignInput, joinUpdate, pauseUpdate, resumeUpdate, searchAttributes } from './contract/messages.ts'
import { campaignStep } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { RetryTimer, waitUntil } from './lib/clock.ts'
import { unwrapFailure } from './lib/failures.ts'
import { runUntilOver, type StepByStep } from './lib/run.ts'
import { publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { grantNextBatch, grantToAccount, pauseOrResume } = steps<
  CampaignActivities,
  'grantNextBatch' | 'grantToAccount' | 'pauseOrResume'
>(campaignStep, {
  grantNextBatch: 'Grant to the next 100 accounts',
  grantToAccount: 'Grant to an account that joins',
  pauseOrResume: 'Record pause or resume',
})

/** Accounts that join send an update at once; this finds those whose update was lost. */
const LOOK_AGAIN_MS = 10 * 60_000
/** The window closes by the database's clock, which may be behind Temporal's. */
const SHORTEST_WAIT_MS = 1_000
/** Keeps histories short however many accounts there are. */
const BATCHES_PER_RUN = 50

/**
 * One campaign: grants batch by batch to the accounts that have not received it, each once. With a window it waits for
 * accounts that join, until the window closes. The database has the position, so a run only counts its batches.
 */
export async function campaign(input: CampaignInput): Promise<{ outcome: string; granted: number }> {
  const workflow = new CampaignWorkflow(input)
  setHandler(joinUpdate, account => workflow.onJoin(account))
  setHandler(pauseUpdate, () => workflow.onOrder('paused'))
  setHandler(resumeUpdate, () => workflow.onOrder('running'))
  refuseCancellation('To stop the campaign send the update `pause`.')

  if (await runUntilOver(workflow)) await continueAsNew<typeof campaign>(input)
  return { outcome: 'done', granted: workflow.granted() }
}

class CampaignWorkflow implements StepByStep {
  private readonly input: CampaignInput
  private status: CampaignStatus | undefined
  /** how often it was paused or resumed */
  private commands = 0
  private batches = 0
  private readonly nextLook = new RetryTimer()

  constructor(input: CampaignInput) {
    this.input = input
  }

  isRunning(): boolean {
    return this.status?.state !== 'done'
  }

  granted(): number {
    return this.status?.granted ?? 0
  }

  /** Continues at once while a round runs, then waits for the next round, or for `resume` while paused. */
  hasWork(): boolean {
    const state = this.status?.state
    return state === undefined || state === 'running' || (state === 'waiting' && this.nextLook.isDue())
  }

  waitForWork(): Promise<void> {
    const times = this.status?.state === 'waiting' ? this.nextLook.times() : []
    return waitUntil(
      () => this.hasWork() || !this.isRunning() || this.shouldContinueAsNew(),
      times,
      'Next look for accounts',
    )
  }

  /** Grants a batch. A pause or resume that arrived during it is newer than the state that it returns. */
  async runNextStep(): Promise<void> {
    const { commands } = this
    const status = await grantNextBatch(this.input)
    this.batches += 1
    const untilEnd = status.until === null ? LOOK_AGAIN_MS : Date.parse(status.until) - Date.now()
    this.nextLook.setIn(Math.max(SHORTEST_WAIT_MS, Math.min(LOOK_AGAIN_MS, untilEnd)))
    this.publish(this.commands === commands ? status : this.keepState(status))
  }

  shouldContinueAsNew(): boolean {
    return this.batches >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested
  }

  async onJoin(account: string): Promise<void> {
    const status = await unwrapFailure(() => grantToAccount({ ...this.input, account }))
    this.publish(this.keepState(status))
  }

  async onOrder(state: 'paused' | 'running'): Promise<void> {
    const status = await unwrapFailure(() => pauseOrResume({ ...this.input, state }))
    this.commands += 1
    this.publish(status)
  }

  private keepState(status: CampaignStatus): CampaignStatus {
    return { ...status, state: this.status?.state ?? status.state }
  }

  private publish(status: CampaignStatus): void {
    this.status = status
    const { name, state, granted, until } = status
    publishStatus(
      [
        `**${name}**: **${state}**, granted to ${granted} accounts.`,
        until === null ? 'For existing accounts only.' : `Accounts that join until ${until} receive it too.`,
        state === 'paused' ? 'Send the update `resume` to go on.' : 'Send the update `pause` to stop for a while.',
      ],
      [
        { key: searchAttributes.product, value: this.input.product },
        { key: searchAttributes.creditsState, value: state },
      ],
    )
  }
}
