import { randomUUID } from 'node:crypto'
import { type Client, ScheduleOverlapPolicy, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client'
import { scheduleId } from '../../../workflows/contract/ids.ts'
import { waitFor } from '../wait-for.ts'

/** An operator's act on a workflow in the Temporal UI. */
export type Disturbance = 'cancel' | 'terminate' | 'reset' | 'delete'

/** Disturbs a workflow, also one that has ended where Temporal allows it; resolves when Temporal lists the result. */
export async function disturb(client: Client, disturbance: Disturbance, workflowId: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowId)
  if (disturbance === 'reset') return resetTo(client, workflowId, 'first')
  if (disturbance === 'delete') return remove(client, workflowId)
  try {
    await (disturbance === 'cancel' ? handle.cancel() : handle.terminate('by an operator'))
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return
    throw error
  }
  if (disturbance === 'cancel') return
  const query = `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Terminated'`
  await waitFor('Temporal to list it', async () => (await client.workflow.count(query)).count > 0)
}

/** Deletes every run of a workflow. Temporal then neither runs nor lists it. */
async function remove(client: Client, workflowId: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowId)
  const isGone = async () => {
    const { namespace } = client.options
    const request = { namespace, workflowExecution: { workflowId } }
    await client.workflowService.deleteWorkflowExecution(request).catch(() => undefined)
    return handle.describe().then(
      () => false,
      error => error instanceof WorkflowNotFoundError,
    )
  }
  await waitFor('Temporal to delete it', isGone)
}

/** Resets the last run of a workflow to its first or last completed task: what came later is undone, and its messages are sent again. */
export async function resetTo(client: Client, workflowId: string, which: 'first' | 'last'): Promise<void> {
  const handle = client.workflow.getHandle(workflowId)
  const { runId } = await handle.describe()
  const completed = async () =>
    ((await handle.fetchHistory()).events ?? []).filter(event => event.workflowTaskCompletedEventAttributes)
  const tasks = await waitFor('a completed task', completed, found => found.length > 0)
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'by an operator',
    requestId: randomUUID(),
    workflowTaskFinishEventId: tasks.at(which === 'first' ? 0 : -1)?.eventId ?? null,
  })
}

/** Triggers a schedule. @returns the workflow that it started, after those that run */
export async function trigger(client: Client, id: string): Promise<WorkflowHandle> {
  const schedule = client.schedule.getHandle(id)
  const { numActionsTaken } = (await schedule.describe()).info
  await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ALL)
  const { info } = await waitFor(
    'the schedule to start a run',
    // A busy server may not answer in time.
    () => schedule.describe().catch(() => ({ info: null })),
    ({ info: now }) => now !== null && now.numActionsTaken > numActionsTaken,
  )
  const { action } = info?.recentActions.at(-1) ?? {}
  if (!action) throw new Error('the schedule has no action')
  return client.workflow.getHandle(action.workflow.workflowId, action.workflow.firstExecutionRunId)
}

/** Triggers the schedule of reconciliation. @returns what the run did */
export async function reconcileNow(client: Client, taskQueue: string): Promise<unknown> {
  return (await trigger(client, scheduleId('reconcile', taskQueue))).result()
}
