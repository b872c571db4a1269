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

/** A campaign whose steps are ours, so that each takes as long as a test wants. */
type Staged = {
  handle: WorkflowHandle
  /** Resolves when another batch is on its way; the answer lets it say how the campaign stood when it was begun. */
  nextBatch(): Promise<(stood: State) => void>
  /** Resolves with the history when the workflow is over. */
  history(): Promise<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>>
}

const stands = (state: State): CampaignStatus => ({ name: 'spring', state, granted: 0, until: null })

async function staged(work: (campaign: Staged) => Promise<void>): Promise<void> {
  observeTemporal(pino({ level: 'silent' }))
  const native = await NativeConnection.connect({ address: temporalAddress() })
  const connection = await Connection.connect({ address: temporalAddress() })
  await registerSearchAttributes(connection, 'default')
  const taskQueue = `test-${randomUUID()}`
  const batches: ((stood: State) => void)[] = []
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { code: await workflowBundle() },
    activities: {
      grantNextBatch: () =>
        new Promise<CampaignStatus>(resolve => {
          batches.push(stood => resolve(stands(stood)))
        }),
      grantToAccount: async () => stands('running'),
      pauseOrResume: async ({ state }: { state: State }) => stands(state),
    },
  })
  const id = randomUUID()
  const handle = await new Client({ connection }).workflow.start('campaign', {
    workflowId: campaignWorkflowId('kvidai', id),
    taskQueue,
    args: [{ product: 'kvidai', id }],
  })
  await worker.runUntil(
    work({
      handle,
      nextBatch: async () => {
        await waitFor('a batch', () => batches.length > 0)
        return batches.shift() as (stood: State) => void
      },
      history: async () => {
        await handle.result()
        return handle.fetchHistory()
      },
    }),
  )
  await Promise.all([connection.close(), native.close()])
}

it('a campaign that is resumed while a batch finds it paused goes on', () =>
  staged(async ({ handle, nextBatch, history }) => {
    const first = await nextBatch()
    await handle.executeUpdate(pauseUpdate)
    await handle.executeUpdate(resumeUpdate)
    first('paused')
    const second = await nextBatch()
    second('done')
    await history()
  }))

it('a campaign that is paused during a batch stays paused', () =>
  staged(async ({ handle, nextBatch, history }) => {
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

it('messages that arrive together, and with a batch, replay in the same order', () =>
  staged(async ({ handle, nextBatch, history }) => {
    for (let round = 0; round < 3; round++) {
      const batch = await nextBatch()
      const joins = Array.from({ length: 8 }, (_, n) =>
        handle.executeUpdate(joinUpdate, { args: [`account-${round}-${n}`] }),
      )
      const orders = [handle.executeUpdate(pauseUpdate), handle.executeUpdate(resumeUpdate)]
      batch('running')
      await Promise.all([...joins, ...orders])
      await handle.executeUpdate(resumeUpdate)
    }
    // One that was on its way when it was resumed is asked again.
    const first = await nextBatch()
    first('done')
    nextBatch().then(
      second => second('done'),
      () => undefined,
    )
    const told = await history()
    await Worker.runReplayHistory({ workflowBundle: { code: await workflowBundle() } }, told, handle.workflowId)
  }))
