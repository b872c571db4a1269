import { heartbeat } from '@temporalio/activity'
import { listUnfinishedClosures } from '../db/accounts/close.ts'
import { listUnfinishedAudits } from '../db/audits/audits.ts'
import { type CampaignRecord, listOpenCampaigns } from '../db/campaigns/campaigns.ts'
import {
  findOpen,
  type Kind,
  kinds,
  listOpenWorkflows,
  listOverdue,
  type OpenWorkflow,
} from '../db/operations/open-workflows.ts'
import { readPosition, savePosition } from '../db/operations/positions.ts'
import { campaignWorkflowId } from '../workflows/contract/ids.ts'
import { auditStart, closureStart } from '../workflows/contract/starts.ts'
import {
  each,
  follow,
  followCampaign,
  nameOf,
  nothingDone,
  type Outcome,
  type Reconciled,
  type Servers,
  startIfMissing,
  startUnlessRunning,
} from './reconcile/follow.ts'
import { findStranded } from './reconcile/stranded.ts'

export type ReconcileActivities = ReturnType<typeof reconcileActivities>

const SCHEDULE = 'reconcile'
/** Records of each kind and source in one run. */
const BATCH = 100
/** How far back the first run searches for workflows that were closed from outside. */
const FIRST_LOOK_MS = 3_600_000

/**
 * Starts stranded work again from the ledger: workflows that were cancelled, terminated or failed; overdue holds,
 * grants and purchases; campaigns, closures and audits without a workflow. It also walks through all open records, a batch
 * in each run.
 */
export function reconcileActivities(servers: Servers & { log: (line: string) => void }) {
  const { db, now } = servers
  const options = { dryRun: false, print: servers.log }

  /** An unresponsive workflow is waited for, so each one ends with a heartbeat. */
  const beating =
    <T>(work: (one: T) => Promise<Outcome>) =>
    (one: T) =>
      work(one).finally(() => heartbeat())

  const followAll = (page: OpenWorkflow[]) =>
    each(
      page,
      options,
      nameOf,
      beating(work => follow(servers, work, options)),
    )

  async function stranded(): Promise<Outcome[]> {
    const at = now()
    const since = new Date((await readPosition(db, SCHEDULE)) ?? at.getTime() - FIRST_LOOK_MS)
    const { found, until } = await findStranded(servers, since, at)
    const outcomes: Outcome[] = []
    for (const kind of kinds)
      for (let n = 0; n < found[kind].length; n += BATCH)
        outcomes.push(...(await followAll(await findOpen(db, kind, found[kind].slice(n, n + BATCH)))))
    await savePosition(db, SCHEDULE, until.toISOString())
    return outcomes
  }

  /** The next batch of all open records; it begins again after the last one. */
  async function walk(kind: Kind): Promise<Outcome[]> {
    const schedule = `${SCHEDULE}/${kind}`
    const { data, next } = await listOpenWorkflows(db, kind, await readPosition(db, schedule), BATCH)
    const outcomes = await each(
      data,
      options,
      nameOf,
      beating(work => startIfMissing(servers, work, options)),
    )
    await savePosition(db, schedule, next)
    return outcomes
  }

  async function others(): Promise<Outcome[]> {
    const nameOfCampaign = ({ product, campaign }: CampaignRecord) => campaignWorkflowId(product, campaign)
    const campaigns = await each(
      await listOpenCampaigns(db),
      options,
      nameOfCampaign,
      beating(campaign => followCampaign(servers, campaign, options)),
    )
    const closures = (await listUnfinishedClosures(db, BATCH)).map(closureStart)
    const audits = (await listUnfinishedAudits(db, now(), BATCH)).map(auditStart)
    const starts = [...closures.map(how => ({ type: 'closure', how })), ...audits.map(how => ({ type: 'audit', how }))]
    const started = await each(
      starts,
      options,
      ({ how }) => how.workflowId,
      beating(({ type, how }) => startUnlessRunning(servers, type, how, options)),
    )
    return [...campaigns, ...started]
  }

  return {
    reconcileBatch: async (): Promise<Reconciled> => {
      const done = nothingDone()
      const count = (outcomes: Outcome[]) => {
        for (const outcome of outcomes) done[outcome] += 1
      }
      count(await stranded())
      for (const kind of kinds) count(await followAll(await listOverdue(db, kind, now(), BATCH)))
      count(await others())
      for (const kind of kinds) count(await walk(kind))
      return done
    },
  }
}
