import { randomUUID } from 'node:crypto'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import { pino } from 'pino'
import type { CampaignStatus } from '../../activities/campaign.ts'
import { observeTemporal } from '../../worker/bootstrap/logging.ts'
import { registerSearchAttributes } from '../../worker/bootstrap/search-attributes.ts'
import { campaignWorkflowId } from '../../workflows/contract/ids.ts'
import { joinUpdate, pauseUpdate, resumeUpdate } from '../../workflows/contract/messages.ts'
import { temporalAddress, workflowBundle } from '../support/run/servers.ts'
import { waitFor } from '../support/wait-for.ts'

type State = CampaignStatus['state']

/** A campaign workflow whose activities the test completes. */
type ControlledCampaign = {
  handle: WorkflowHandle
  /** Resolves when another batch has started. @returns completes it with the state that the batch found */
  nextBatch(): Promise<(state: State) => void>
  /** Waits for the end of the workflow. @returns its history */
  history(): Promise<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>>
}

const statusOf = (state: State): CampaignStatus => ({ name: 'spring', state, granted: 0, until: null })

async function withControlledCampaign(run: (campaign: ControlledCampaign) => Promise<void>): Promise<void> {
  observeTemporal(pino({ level: 'silent' }))
  const native = await NativeConnection.connect({ address: temporalAddress() })
  const connection = await Connection.connect({ address: temporalAddress() })
  await registerSearchAttributes(connection, 'default')
  const taskQueue = `test-${randomUUID()}`
  const batches: ((state: State) => void)[] = []
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { code: await workflowBundle() },
    activities: {
      grantNextBatch: () =>
        new Promise<CampaignStatus>(resolve => {
          batches.push(state => resolve(statusOf(state)))
        }),
      grantToAccount: async () => statusOf('running'),
      pauseOrResume: async ({ state }: { state: State }) => statusOf(state),
    },
  })
  const id = randomUUID()
  const handle = await new Client({ connection }).workflow.start('campaign', {
    workflowId: campaignWorkflowId('kvidai', id),
    taskQueue,
    args: [{ product: 'kvidai', id }],
  })
  await worker.runUntil(
    run({
      handle,
      nextBatch: async () => {
        await waitFor('a batch', () => batches.length > 0)
        return batches.shift() as (state: State) => void
      },
      history: async () => {
        await handle.result()
        return handle.fetchHistory()
      },
    }),
  )
  await Promise.all([connection.close(), native.close()])
}

it('a campaign continues when it is resumed before its batch returns paused', () =>
  withControlledCampaign(async ({ handle, nextBatch, history }) => {
    const first = await nextBatch()
    await handle.executeUpdate(pauseUpdate)
    await handle.executeUpdate(resumeUpdate)
    first('paused')
    const second = await nextBatch()
    second('done')
    await history()
  }))

it('a campaign that is paused during a batch stays paused until it is resumed', () =>
  withControlledCampaign(async ({ handle, nextBatch, history }) => {
    const first = await nextBatch()
    await handle.executeUpdate(pauseUpdate)
    first('running')
    await handle.executeUpdate(joinUpdate, { args: ['ada'] })
    const details = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
    expect(details.currentDetails).toContain('**paused**')
    await handle.executeUpdate(resumeUpdate)
    const second = await nextBatch()
    second('done')
    await history()
  }))

it('concurrent joins, pauses and resumes during a batch replay in the same order', () =>
  withControlledCampaign(async ({ handle, nextBatch, history }) => {
    for (let round = 0; round < 3; round++) {
      const batch = await nextBatch()
      const joins = Array.from({ length: 8 }, (_, n) =>
        handle.executeUpdate(joinUpdate, { args: [`account-${round}-${n}`] }),
      )
      const commands = [handle.executeUpdate(pauseUpdate), handle.executeUpdate(resumeUpdate)]
      batch('running')
      await Promise.all([...joins, ...commands])
      await handle.executeUpdate(resumeUpdate)
    }
    // The batch that ran during the resume is requested again.
    const first = await nextBatch()
    first('done')
    nextBatch().then(
      second => second('done'),
      () => undefined,
    )
    const recorded = await history()
    await Worker.runReplayHistory({ workflowBundle: { code: await workflowBundle() } }, recorded, handle.workflowId)
  }))
