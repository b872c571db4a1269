import { setTimeout as sleep } from 'node:timers/promises'
import {
  each,
  end,
  follow,
  followCampaign,
  nameOf,
  nothingDone,
  type Options,
  type Outcome,
  type Reconciled,
  type Servers,
} from '../../activities/reconcile/follow.ts'
import { type CampaignRecord, listOpenCampaigns } from '../../db/campaigns/campaigns.ts'
import {
  findFinished,
  type Kind,
  kinds,
  listOpenWorkflows,
  type OpenWorkflow,
} from '../../db/operations/open-workflows.ts'
import { campaignWorkflowId } from '../../workflows/contract/ids.ts'

const PAGE = 100
/** Limits the load on Temporal to 200 workflows a second. */
const PAGE_INTERVAL_MS = 500

/**
 * Brings Temporal in line with the ledger after Temporal lost data or was restored from a backup: starts missing workflows
 * and resyncs those that are behind. Commands have operation keys, so no credits are granted twice; a second run does nothing.
 * @throws Error without a worker, which must answer queries
 */
export async function reconcile(servers: Servers, options: Options): Promise<Reconciled> {
  await requireWorker(servers)
  const done = nothingDone()
  const count = (outcomes: Outcome[]) => {
    for (const outcome of outcomes) done[outcome] += 1
  }
  for (const kind of kinds) {
    for await (const page of pagesOf(servers, kind))
      count(await each(page, options, nameOf, work => follow(servers, work, options)))
    for await (const page of runningPages(servers, kind)) {
      const over = await findFinished(servers.db, kind, page)
      const ended = await each(over, options, nameOf, work => end(servers, work, options))
      // Workflows that are up to date have ended since the listing.
      count(ended.filter(outcome => outcome !== 'upToDate'))
    }
  }
  const campaigns = await listOpenCampaigns(servers.db)
  const nameOfCampaign = ({ product, campaign }: CampaignRecord) => campaignWorkflowId(product, campaign)
  count(await each(campaigns, options, nameOfCampaign, campaign => followCampaign(servers, campaign, options)))
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

async function requireWorker({ temporal, taskQueue }: Servers): Promise<void> {
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  })
  if (!pollers?.length)
    throw new Error(`No worker polls the task queue ${taskQueue}. Start one, then run this command again.`)
}
