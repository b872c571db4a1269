import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { CampaignActivities, CampaignStatus } from '../activities/campaign.ts'
import {
  type CampaignInput,
  joinUpdate,
  pauseUpdate,
  resumeUpdate,
  searchAttributes,
} from './contract/messages.ts'
import { refusalIn } from './lib/failures.ts'

/**
 * None of them is a local activity: a row of batches would keep the messages waiting that come meanwhile, and messages
 * that come together with a batch would be replayed in another order than they were done in.
 */
const { giveNextBatch, giveToOne, pauseOrResume } = proxyActivities<CampaignActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
})

/** Who joins is told of at once; this finds those of whom the news was lost. */
const LOOK_AGAIN_MS = 10 * 60_000
/** Keeps histories short however many accounts there are. */
const BATCHES_PER_RUN = 50

/**
 * One campaign: round after round it gives to the accounts that were not given to yet, each once; with a window it waits
 * for those who join in it, until it closes. The book knows how far it is, so a run only counts its batches.
 */
export async function campaign(input: CampaignInput): Promise<{ outcome: string; granted: number }> {
  const story = new Story(input)
  setHandler(joinUpdate, account => story.join(account))
  setHandler(pauseUpdate, () => story.order('paused'))
  setHandler(resumeUpdate, () => story.order('running'))

  for (let batch = 1; story.goesOn(); batch++) {
    await story.giveNext()
    if (story.goesOn()) await story.somethingToDo()
    if (story.goesOn() && (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested)) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof campaign>(input)
    }
  }
  await condition(allHandlersFinished)
  return { outcome: 'done', granted: story.granted() }
}

class Story {
  private readonly input: CampaignInput
  private standing: CampaignStatus | undefined
  /** how often it was paused or resumed */
  private orders = 0

  constructor(input: CampaignInput) {
    this.input = input
  }

  goesOn(): boolean {
    return this.standing?.state !== 'done'
  }

  granted(): number {
    return this.standing?.granted ?? 0
  }

  /** A batch may have been on its way when it was paused or resumed: what was told of that since is newer. */
  async giveNext(): Promise<void> {
    const { orders } = this
    const given = await giveNextBatch(this.input)
    const state = this.orders === orders ? given.state : (this.standing?.state ?? given.state)
    this.tell({ ...given, state })
  }

  /** Who joins changes nothing but the number. */
  async join(account: string): Promise<void> {
    const given = await refusalsPassed(() => giveToOne({ ...this.input, account }))
    this.tell({ ...given, state: this.standing?.state ?? given.state })
  }

  async order(state: 'paused' | 'running'): Promise<void> {
    const ordered = await refusalsPassed(() => pauseOrResume({ ...this.input, state }))
    this.orders += 1
    this.tell(ordered)
  }

  /** At once while the round runs; when it is over, until it is time to look again; while it is paused, until it is not. */
  async somethingToDo(): Promise<void> {
    if (this.standing?.state === 'waiting') {
      const { until } = this.standing
      const left = until === null ? LOOK_AGAIN_MS : Date.parse(until) - Date.now()
      await condition(() => this.isPaused(), Math.max(1, Math.min(left, LOOK_AGAIN_MS)))
    }
    await condition(() => !this.isPaused())
  }

  private isPaused(): boolean {
    return this.standing?.state === 'paused'
  }

  private tell(standing: CampaignStatus): void {
    const { name, state, granted, until } = standing
    if (this.standing?.state !== state)
      upsertSearchAttributes([
        { key: searchAttributes.product, value: this.input.product },
        { key: searchAttributes.creditsState, value: state },
      ])
    this.standing = standing
    setCurrentDetails(
      [
        `**${name}**: **${state}**, given to ${granted} accounts.`,
        until === null ? 'For the accounts that are there.' : `Who joins until ${until} is given it too.`,
        state === 'paused'
          ? 'Send the update `resume` to go on.'
          : 'Send the update `pause` to stop for a while.',
      ].join('\n\n'),
    )
  }
}

async function refusalsPassed<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw refusalIn(error) ?? error
  }
}
