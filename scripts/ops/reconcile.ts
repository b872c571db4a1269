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
  catchUpUpdate,
  markQuery,
  pauseUpdate,
  resumeUpdate,
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

/** How many were found in order, were started again, were behind the book, or could not be put right. */
export type Reconciled = { inOrder: number; started: number; caughtUp: number; failed: number }

type Outcome = keyof Reconciled
type Options = { dryRun: boolean; say: (line: string) => void }

const PAGE = 100
const AT_ONCE = 10
/** A page takes at least so long, so that a large book does not take all of Temporal: 200 workflows a second. */
const PAGE_TAKES_MS = 500
const ANSWER_WITHIN_MS = 15_000

const workflowIds: Record<Kind, (product: string, id: string) => string> = {
  generation: generationWorkflowId,
  membership: membershipWorkflowId,
  purchase: purchaseWorkflowId,
}

/**
 * Brings Temporal to where the book is, after Temporal's data were lost or restored from a backup. What is under way on the
 * book and has no workflow gets one, begun from the book; a workflow that is behind looks at the book. No credits can come
 * twice of it: acts on the book happen once, whoever asks for them. Again, it does nothing.
 * @throws Error when no worker is there: what is started would not run, and what runs could not be asked
 */
export async function reconcile(servers: Servers, options: Options): Promise<Reconciled> {
  await demandWorker(servers)
  const done: Reconciled = { inOrder: 0, started: 0, caughtUp: 0, failed: 0 }
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
      // Those in order were seen a moment before they ended.
      count(ended.filter(outcome => outcome !== 'inOrder'))
    }
  }
  const campaigns = await listOpenCampaigns(servers.db)
  const name = ({ product, campaign }: CampaignRecord) => campaignWorkflowId(product, campaign)
  count(await each(campaigns, options, name, campaign => followCampaign(servers, campaign, options)))
  return done
}

async function* pagesOf({ db }: Servers, kind: Kind): AsyncGenerator<OpenWorkflow[]> {
  let after: string | null = null
  do {
    const page = await listOpenWorkflows(db, kind, after, PAGE)
    after = page.next
    const rest = after === null ? Promise.resolve() : sleep(PAGE_TAKES_MS)
    yield page.data
    await rest
  } while (after !== null)
}

/** The workflows of a kind that run. */
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
  if (mark === work.mark) return 'inOrder'
  return mark === null ? begin(servers, work, options) : catchUp(servers, work, options)
}

/** What is over by the book has a workflow that still runs: it ends when it looks there. */
async function end(servers: Servers, work: Finished, options: Options): Promise<Outcome> {
  const mark = await markOf(servers, work)
  return mark === null || mark === work.mark ? 'inOrder' : catchUp(servers, work, options)
}

/** How far its workflow is; null where none runs. */
async function markOf(servers: Servers, { kind, product, id }: Finished): Promise<string | null> {
  const { temporal } = servers
  const workflowId = workflowIds[kind](product, id)
  if (!(await running(servers, workflowId))) return null
  return inTime(temporal, () => temporal.workflow.getHandle(workflowId).query(markQuery))
}

/** The workflow of this id as it runs, or null. */
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
  { dryRun, say }: Options,
): Promise<Outcome> {
  say(`${dryRun ? 'would start' : 'starting'} ${how.workflowId} (${how.staticSummary})`)
  if (dryRun) return 'started'
  try {
    const handle = await temporal.workflow.start(type, {
      ...how,
      taskQueue,
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    })
    // Answered when it has looked at the book.
    if (type !== 'campaign') await inTime(temporal, () => handle.query(markQuery))
    return 'started'
  } catch (error) {
    // Somebody else did, since we looked.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'inOrder'
    throw error
  }
}

async function catchUp(
  { temporal }: Servers,
  { kind, product, id }: Finished,
  { dryRun, say }: Options,
): Promise<Outcome> {
  const workflowId = workflowIds[kind](product, id)
  say(`${dryRun ? 'would bring' : 'bringing'} ${workflowId} to where the book is`)
  if (dryRun) return 'caughtUp'
  try {
    await inTime(temporal, () => temporal.workflow.getHandle(workflowId).executeUpdate(catchUpUpdate))
    return 'caughtUp'
  } catch (error) {
    // It ended by itself, since we looked.
    if (error instanceof WorkflowNotFoundError) return 'inOrder'
    throw error
  }
}

/** A campaign finds on the book how far it is, each time; only whether it is paused it has to be told. */
async function followCampaign(
  servers: Servers,
  { product, campaign: id, state }: CampaignRecord,
  options: Options,
): Promise<Outcome> {
  const { temporal } = servers
  const workflowId = campaignWorkflowId(product, id)
  const found = await running(servers, workflowId)
  if (!found) return start(servers, 'campaign', campaignStart({ product, id }), options)
  const paused = found.typedSearchAttributes.get(searchAttributes.creditsState) === 'paused'
  if (paused === (state === 'paused')) return 'inOrder'
  options.say(`${options.dryRun ? 'would bring' : 'bringing'} ${workflowId} to where the book is`)
  const order = state === 'paused' ? pauseUpdate : resumeUpdate
  if (!options.dryRun)
    await inTime(temporal, () => temporal.workflow.getHandle(workflowId).executeUpdate(order))
  return 'caughtUp'
}

/** Some at once. What fails is told, and does not keep the others from it. */
async function each<T>(
  page: T[],
  { say }: Options,
  nameOf: (one: T) => string,
  work: (one: T) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let begin = 0; begin < page.length; begin += AT_ONCE) {
    const some = page.slice(begin, begin + AT_ONCE).map(one =>
      work(one).catch((error): Outcome => {
        say(`could not put right ${nameOf(one)}: ${sentence(error)}`)
        return 'failed'
      }),
    )
    outcomes.push(...(await Promise.all(some)))
  }
  return outcomes
}

/** The innermost reason: what the SDK wraps around it says only that something failed. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause ? sentence(error.cause) : error.message
}

function inTime<T>(temporal: Servers['temporal'], call: () => Promise<T>): Promise<T> {
  return temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, call)
}

async function demandWorker({ temporal, taskQueue }: Servers): Promise<void> {
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  })
  if (!pollers?.length)
    throw new Error(`No worker asks the task queue ${taskQueue} for work. Start one, then send this again.`)
}
