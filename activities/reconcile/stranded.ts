import type { Kind } from '../../db/operations/open-workflows.ts'
import { type Servers, workflowIds } from './follow.ts'

/** Workflows that were closed from outside, by kind. */
export type Stranded = { found: Record<Kind, { product: string; id: string }[]>; until: Date }

const MOST = 1_000
/**
 * Each scan starts before the end of the last one: Temporal's visibility lags behind, its clock may differ, and what failed
 * is tried again.
 */
const OVERLAP_MS = 10 * 60_000
const SHORTEST_MS = 1_000

/**
 * The workflows that were cancelled, terminated or failed since a time. If there are too many, the first ones: `until` is the end of
 * the searched time, less an overlap.
 */
export async function findStranded({ temporal, taskQueue }: Servers, since: Date, now: Date): Promise<Stranded> {
  const query = (until: Date) =>
    `TaskQueue = '${taskQueue}' AND ExecutionStatus IN ('Canceled', 'Failed', 'Terminated', 'TimedOut') ` +
    `AND CloseTime BETWEEN '${since.toISOString()}' AND '${until.toISOString()}'`
  let until = now
  while (until.getTime() - since.getTime() > SHORTEST_MS && (await temporal.workflow.count(query(until))).count > MOST)
    until = new Date((since.getTime() + until.getTime()) / 2)
  const found: Stranded['found'] = { generation: [], membership: [], purchase: [] }
  for await (const { workflowId, type } of temporal.workflow.list({ query: query(until), pageSize: MOST })) {
    const [, product = '', id = ''] = workflowId.split('/')
    // Anyone with access to Temporal can start a workflow of ours under an id that PostgreSQL takes for no text.
    if (type in workflowIds && !workflowId.includes('\0')) found[type as Kind].push({ product, id })
  }
  const next = until < now ? until : new Date(now.getTime() - OVERLAP_MS)
  return { found, until: next > since ? next : since }
}
