import { WorkflowNotFoundError } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import type { CampaignRecord } from '../../db/campaigns/campaigns.ts'
import type { Finished, Kind, OpenWorkflow } from '../../db/operations/open-workflows.ts'
import type { TemporalClient } from '../../platform/temporal-client.ts'
import {
  campaignWorkflowId,
  generationWorkflowId,
  membershipWorkflowId,
  purchaseWorkflowId,
} from '../../workflows/contract/ids.ts'
import {
  pauseUpdate,
  resumeUpdate,
  resyncUpdate,
  revisionQuery,
  searchAttributes,
} from '../../workflows/contract/messages.ts'
import {
  campaignStart,
  generationStart,
  membershipStart,
  purchaseStart,
  type Start,
} from '../../workflows/contract/starts.ts'
import { type GenerationDeps, timeOutHold } from '../generations/settle.ts'

export type Servers = GenerationDeps & { temporal: TemporalClient; taskQueue: string }

/** Counts of workflows; `released`: overdue holds whose workflow does not answer. */
export type Reconciled = Record<'upToDate' | 'started' | 'resynced' | 'released' | 'failed', number>

export const nothingDone = (): Reconciled => ({ upToDate: 0, started: 0, resynced: 0, released: 0, failed: 0 })

export type Outcome = keyof Reconciled
export type Options = { dryRun: boolean; print: (line: string) => void }

const AT_ONCE = 10
const ANSWER_WITHIN_MS = 15_000

export const workflowIds: Record<Kind, (product: string, id: string) => string> = {
  generation: generationWorkflowId,
  membership: membershipWorkflowId,
  purchase: purchaseWorkflowId,
}

export const nameOf = ({ kind, product, id }: Finished): string => workflowIds[kind](product, id)

/** Brings the workflow of an open record in line with the ledger. */
export async function follow(servers: Servers, work: OpenWorkflow, options: Options): Promise<Outcome> {
  try {
    const mark = await markOf(servers, work)
    if (mark === null) return await begin(servers, work, options)
    // A workflow that knows an overdue hold may wait for a later time: resynced, it reads the deadline again.
    return mark === work.mark && !work.overdue ? 'upToDate' : await resync(servers, work, options)
  } catch (error) {
    if (!work.overdue) throw error
    return release(servers, work, options)
  }
}

/** Releases an overdue hold whose workflow does not answer, such as one of a build that no worker runs. */
async function release(servers: Servers, work: OpenWorkflow, { dryRun, print }: Options): Promise<Outcome> {
  print(`${dryRun ? 'would release' : 'releasing'} the hold of ${nameOf(work)}, which does not answer`)
  if (!dryRun) await timeOutHold(servers, work.product, work.id)
  return 'released'
}

/** Starts the workflow of an open record where none runs; a running one is not queried. */
export async function startIfMissing(servers: Servers, work: OpenWorkflow, options: Options): Promise<Outcome> {
  return (await running(servers, nameOf(work))) ? 'upToDate' : begin(servers, work, options)
}

/** The ledger says finished, but the workflow runs: a resync ends it. */
export async function end(servers: Servers, work: Finished, options: Options): Promise<Outcome> {
  const mark = await markOf(servers, work)
  return mark === null || mark === work.mark ? 'upToDate' : resync(servers, work, options)
}

/** The workflow's revision; null when none runs. */
async function markOf(servers: Servers, work: Finished): Promise<string | null> {
  const { temporal } = servers
  const workflowId = nameOf(work)
  if (!(await running(servers, workflowId))) return null
  return inTime(temporal, () => temporal.workflow.getHandle(workflowId).query(revisionQuery))
}

async function running({ temporal }: Servers, workflowId: string) {
  try {
    const found = await temporal.workflow.getHandle(workflowId).describe()
    return found.status.name === 'RUNNING' ? found : null
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}

function begin(servers: Servers, work: OpenWorkflow, options: Options): Promise<Outcome> {
  const { kind, product, account, id, operation } = work
  const which = { product, account, id }
  if (kind === 'membership') return start(servers, kind, membershipStart(which), options)
  if (kind === 'purchase') return start(servers, kind, purchaseStart(which), options)
  const generation = generationStart({ ...which, operation: operation ?? kind, resumed: true })
  return start(servers, kind, generation, options)
}

/** Starts a workflow of a kind that answers `revision` once it has loaded its state, or another one. */
export async function start(
  { temporal, taskQueue }: Servers,
  type: string,
  how: Start<object>,
  { dryRun, print }: Options,
): Promise<Outcome> {
  print(`${dryRun ? 'would start' : 'starting'} ${how.workflowId} (${how.staticSummary})`)
  if (dryRun) return 'started'
  try {
    const handle = await temporal.workflow.start(type, {
      ...how,
      taskQueue,
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    })
    if (type in workflowIds) await inTime(temporal, () => handle.query(revisionQuery))
    return 'started'
  } catch (error) {
    // Started by another caller since the check.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'upToDate'
    throw error
  }
}

/** Starts a workflow that has no revision, where none runs. */
export async function startUnlessRunning(
  servers: Servers,
  type: string,
  how: Start<object>,
  options: Options,
): Promise<Outcome> {
  return (await running(servers, how.workflowId)) ? 'upToDate' : start(servers, type, how, options)
}

async function resync({ temporal }: Servers, work: Finished, { dryRun, print }: Options): Promise<Outcome> {
  const workflowId = nameOf(work)
  print(`${dryRun ? 'would resync' : 'resyncing'} ${workflowId}`)
  if (dryRun) return 'resynced'
  try {
    await inTime(temporal, () => temporal.workflow.getHandle(workflowId).executeUpdate(resyncUpdate))
    return 'resynced'
  } catch (error) {
    // Ended since the check.
    if (error instanceof WorkflowNotFoundError) return 'upToDate'
    throw error
  }
}

/** A campaign reads its progress from the database, so only its pause state can differ. */
export async function followCampaign(
  servers: Servers,
  { product, campaign: id, state }: CampaignRecord,
  options: Options,
): Promise<Outcome> {
  const { temporal } = servers
  const workflowId = campaignWorkflowId(product, id)
  const found = await running(servers, workflowId)
  if (!found) return start(servers, 'campaign', campaignStart({ product, id }), options)
  const paused = found.typedSearchAttributes.get(searchAttributes.creditsState) === 'paused'
  if (paused === (state === 'paused')) return 'upToDate'
  options.print(`${options.dryRun ? 'would resync' : 'resyncing'} ${workflowId}`)
  const order = state === 'paused' ? pauseUpdate : resumeUpdate
  if (!options.dryRun) await inTime(temporal, () => temporal.workflow.getHandle(workflowId).executeUpdate(order))
  return 'resynced'
}

/** Runs the work for AT_ONCE items at a time; reports failures and goes on. */
export async function each<T>(
  page: T[],
  { print }: Options,
  nameOfItem: (one: T) => string,
  work: (one: T) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let begin = 0; begin < page.length; begin += AT_ONCE) {
    const some = page.slice(begin, begin + AT_ONCE).map(one =>
      work(one).catch((error): Outcome => {
        print(`failed ${nameOfItem(one)}: ${sentence(error)}`)
        return 'failed'
      }),
    )
    outcomes.push(...(await Promise.all(some)))
  }
  return outcomes
}

/** The innermost cause: the SDK's wrappers say only that something failed. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause ? sentence(error.cause) : error.message
}

function inTime<T>(temporal: TemporalClient, call: () => Promise<T>): Promise<T> {
  return temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, call)
}
