import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowNotFoundError } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { type CampaignRecord, listOpenCampaigns } from '../../db/campaigns/campaigns.ts'
import {
  type Finished,
  findFinished,
  type Kind,
  listOpenWorkflows,
  type OpenWorkflow,
} from '../../db/operations/open-workflows.ts'
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
import type { Servers } from './servers.ts'

/** Counts of workflows. */
export type Reconciled = { upToDate: number; started: number; resynced: number; failed: number }

type Outcome = keyof Reconciled
type Options = { dryRun: boolean; print: (line: string) => void }

const PAGE = 100
const AT_ONCE = 10
/** Limits the load on Temporal to 200 workflows a second. */
const PAGE_INTERVAL_MS = 500
const ANSWER_WITHIN_MS = 15_000

const workflowIds: Record<Kind, (product: string, id: string) => string> = {
  generation: generationWorkflowId,
  membership: membershipWorkflowId,
  purchase: purchaseWorkflowId,
}

/**
 * Brings Temporal in line with the ledger after Temporal lost data or was restored from a backup: starts missing workflows
 * and resyncs those that are behind. Commands have operation keys, so no credits are granted twice; a second run does nothing.
 * @throws Error without a worker, which must answer queries
 */
export async function reconcile(servers: Servers, options: Options): Promise<Reconciled> {
  await requireWorker(servers)
  const done: Reconciled = { upToDate: 0, started: 0, resynced: 0, failed: 0 }
  const count = (outcomes: Outcome[]) => {
    for (const outcome of outcomes) done[outcome] += 1
  }
  for (const kind of Object.keys(workflowIds) as Kind[]) {
    const name = ({ product, id }: { product: string; id: string }) => workflowIds[kind](product, id)
    for await (const page of pagesOf(servers, kind))
      count(await each(page, options, name, work => follow(servers, work, options)))
    for await (const page of runningPages(servers, kind)) {
      const over = await findFinished(servers.db, kind, page)
      const ended = await each(over, options, name, work => end(servers, work, options))
      // Workflows that are up to date have ended since the listing.
      count(ended.filter(outcome => outcome !== 'upToDate'))
    }
  }
  const campaigns = await listOpenCampaigns(servers.db)
  const name = ({ product, campaign }: CampaignRecord) => campaignWorkflowId(product, campaign)
  count(await each(campaigns, options, name, campaign => resumeCampaign(servers, campaign, options)))
  return done
}

async function* pagesOf({ db }: Servers, kind: Kind): AsyncGenerator<OpenWorkflow[]> {
  let after: string | null = null
  do {
    const page = await listOpenWorkflows(db, kind, after, PAGE)
    after = page.next
    const rest = after === null ? Promise.resolve() : sleep(PAGE_INTERVAL_MS)
    yield page.data
    await rest
  } while (after !== null)
}

async function* runningPages(
  { temporal, taskQueue }: Servers,
  kind: Kind,
): AsyncGenerator<{ product: string; id: string }[]> {
  const query = `TaskQueue = '${taskQueue}' AND WorkflowType = '${kind}' AND ExecutionStatus = 'Running'`
  let page: { product: string; id: string }[] = []
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: PAGE })) {
    const [, product = '', id = ''] = workflowId.split('/')
    page.push({ product, id })
    if (page.length < PAGE) continue
    yield page
    page = []
  }
  yield page
}

async function follow(servers: Servers, work: OpenWorkflow, options: Options): Promise<Outcome> {
  const mark = await markOf(servers, work)
  if (mark === work.mark) return 'upToDate'
  return mark === null ? begin(servers, work, options) : resync(servers, work, options)
}

/** The ledger says finished, but the workflow runs: a resync ends it. */
async function end(servers: Servers, work: Finished, options: Options): Promise<Outcome> {
  const mark = await markOf(servers, work)
  return mark === null || mark === work.mark ? 'upToDate' : resync(servers, work, options)
}

/** The revision that the workflow knows; null when none runs. */
async function markOf(servers: Servers, { kind, product, id }: Finished): Promise<string | null> {
  const { temporal } = servers
  const workflowId = workflowIds[kind](product, id)
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

async function start(
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
    // The workflow answers after it has loaded its state.
    if (type !== 'campaign') await inTime(temporal, () => handle.query(revisionQuery))
    return 'started'
  } catch (error) {
    // Started by another caller since the check.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'upToDate'
    throw error
  }
}

async function resync(
  { temporal }: Servers,
  { kind, product, id }: Finished,
  { dryRun, print }: Options,
): Promise<Outcome> {
  const workflowId = workflowIds[kind](product, id)
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
async function resumeCampaign(
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
async function each<T>(
  page: T[],
  { print }: Options,
  nameOf: (one: T) => string,
  work: (one: T) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let begin = 0; begin < page.length; begin += AT_ONCE) {
    const some = page.slice(begin, begin + AT_ONCE).map(one =>
      work(one).catch((error): Outcome => {
        print(`failed ${nameOf(one)}: ${sentence(error)}`)
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

function inTime<T>(temporal: Servers['temporal'], call: () => Promise<T>): Promise<T> {
  return temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, call)
}

async function requireWorker({ temporal, taskQueue }: Servers): Promise<void> {
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  })
  if (!pollers?.length)
    throw new Error(`No worker polls the task queue ${taskQueue}. Start one, then run this command again.`)
}
