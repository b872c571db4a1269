import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { CampaignActivities, CampaignStatus } from '../activities/campaign.ts'
import { type CampaignInput, joinUpdate, pauseUpdate, resumeUpdate, searchAttributes } from './contract/messages.ts'
import { campaignStep } from './lib/activity-options.ts'
import { waitUntil } from './lib/clock.ts'
import { unwrapFailure } from './lib/failures.ts'
import { publishStatus } from './lib/status.ts'

const { grantNextBatch, grantToAccount, pauseOrResume } = proxyActivities<CampaignActivities>(campaignStep)

/** Accounts that join send an update at once; this finds those whose update was lost. */
const LOOK_AGAIN_MS = 10 * 60_000
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

  for (let batch = 1; workflow.isRunning(); batch++) {
    await workflow.grantNextBatch()
    if (workflow.isRunning()) await workflow.waitForWork()
    if (workflow.isRunning() && (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested)) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof campaign>(input)
    }
  }
  await condition(allHandlersFinished)
  return { outcome: 'done', granted: workflow.granted() }
}

class CampaignWorkflow {
  private readonly input: CampaignInput
  private status: CampaignStatus | undefined
  /** how often it was paused or resumed */
  private commands = 0

  constructor(input: CampaignInput) {
    this.input = input
  }

  isRunning(): boolean {
    return this.status?.state !== 'done'
  }

  granted(): number {
    return this.status?.granted ?? 0
  }

  /** A pause or resume that arrived during the batch is newer than the state that the batch returns. */
  async grantNextBatch(): Promise<void> {
    const { commands } = this
    const status = await grantNextBatch(this.input)
    this.publish(this.commands === commands ? status : this.keepState(status))
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

  /** Goes on at once while a round runs. After it waits to look again; while it is paused waits for `resume`. */
  async waitForWork(): Promise<void> {
    if (this.status?.state === 'waiting') {
      const { until } = this.status
      const times = [Date.now() + LOOK_AGAIN_MS, ...(until === null ? [] : [Date.parse(until)])]
      await waitUntil(() => this.isPaused(), times)
    }
    await condition(() => !this.isPaused())
  }

  private isPaused(): boolean {
    return this.status?.state === 'paused'
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
