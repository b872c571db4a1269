import { listOpenApprovals } from '../../db/accounts/approvals.ts'
import type { Db } from '../../db/core/command.ts'
import { readHealth } from '../../db/operations/health.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'
import type { Servers } from './servers.ts'

type Say = (line: string) => void

const ANSWER_WITHIN_MS = 10_000
const APPROVALS = 100

/** Says everything that needs a person, what it is, and what to send. @returns how many things there are */
export async function showAttention(servers: Servers, policies: Policies, say: Say): Promise<number> {
  const found = [
    await lateOnTheBook(servers.db, say),
    await waitingApprovals(servers.db, policies, say),
    await raisedByWorkflows(servers, say),
  ].reduce((sum, each) => sum + each, 0)
  say(found === 0 ? 'Nothing needs anybody.' : `${found} in all; docs/operations.md says more of each.`)
  return found
}

async function raisedByWorkflows({ temporal, taskQueue }: Servers, say: Say): Promise<number> {
  const query = `TaskQueue = '${taskQueue}' AND ${searchAttributes.needsAttention.name} = true`
  let found = 0
  for await (const { workflowId, runId, status } of temporal.workflow.list({ query })) {
    found += 1
    say(`${workflowId}${status.name === 'RUNNING' ? '' : ` (${status.name.toLowerCase()})`}`)
    const details = await temporal
      .withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
        temporal.workflow
          .getHandle(workflowId, runId)
          .query<{ currentDetails?: string }>('__temporal_workflow_metadata'),
      )
      .then(({ currentDetails }) => currentDetails ?? '')
      .catch(error => `What is the matter cannot be had: ${error.message}. Is a worker running?`)
    for (const line of details.split('\n')) if (line) say(`   ${line}`)
    say('')
  }
  return found
}

async function waitingApprovals(db: Db, policies: Policies, say: Say): Promise<number> {
  let found = 0
  for (const product of policies.keys())
    for (const { approval, kind, account, subject } of await listOpenApprovals(db, product, APPROVALS)) {
      found += 1
      say(`${kind} ${subject} for ${product}/${account} waits for a second person`)
      say(`   POST /v1/approvals/${approval}/approve with the key of another admin of ${product}\n`)
    }
  return found
}

async function lateOnTheBook(db: Db, say: Say): Promise<number> {
  let found = 0
  const tell = (count: number, what: string) => {
    if (count === 0) return
    found += 1
    say(`${count} ${what}`)
    say('   Is a worker running? If so: npm run ops -- reconcile\n')
  }
  for (const { product, holds_overdue, grants_late } of await readHealth(db, new Date())) {
    tell(holds_overdue, `generations of ${product} hold credits past their deadline`)
    tell(grants_late, `memberships of ${product} wait for credits that are due`)
  }
  return found
}
