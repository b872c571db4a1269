import { listOpenApprovals } from '../../db/accounts/approvals.ts'
import type { Db } from '../../db/core/command.ts'
import { type Health, readHealth } from '../../db/operations/health.ts'
import { listUnassigned } from '../../db/purchases/unassigned-payments.ts'
import { formatMoney } from '../../domain/shared/amount.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'
import type { Servers } from './servers.ts'

type Print = (line: string) => void

const QUERY_TIMEOUT_MS = 10_000
/** of each product */
const MOST_ITEMS = 100

/** Prints every item that needs a person and how to resolve it. @returns the number of items */
export async function showAttention(servers: Servers, policies: Policies, print: Print): Promise<number> {
  const found = [
    await showOverdue(servers.db, print),
    await showApprovals(servers.db, policies, print),
    await showUnassignedPayments(servers.db, policies, print),
    await showAttentionWorkflows(servers, print),
  ].reduce((sum, each) => sum + each, 0)
  print(found === 0 ? 'No items need attention.' : `${found} items; see docs/operations.md.`)
  return found
}

async function showAttentionWorkflows({ temporal, taskQueue }: Servers, print: Print): Promise<number> {
  const query = `TaskQueue = '${taskQueue}' AND ${searchAttributes.needsAttention.name} = true`
  let found = 0
  for await (const { workflowId, runId, status } of temporal.workflow.list({ query })) {
    found += 1
    print(`${workflowId}${status.name === 'RUNNING' ? '' : ` (${status.name.toLowerCase()})`}`)
    const details = await temporal
      .withDeadline(Date.now() + QUERY_TIMEOUT_MS, () =>
        temporal.workflow
          .getHandle(workflowId, runId)
          .query<{ currentDetails?: string }>('__temporal_workflow_metadata'),
      )
      .then(({ currentDetails }) => currentDetails ?? '')
      .catch(error => `The details cannot be read: ${error.message}. Is a worker running?`)
    for (const line of details.split('\n')) if (line) print(`   ${line}`)
    print('')
  }
  return found
}

async function showApprovals(db: Db, policies: Policies, print: Print): Promise<number> {
  let found = 0
  for (const product of policies.keys())
    for (const { approval, kind, account, subject } of await listOpenApprovals(db, product, MOST_ITEMS)) {
      found += 1
      print(`${kind} ${subject} for ${product}/${account} waits for approval by a second person`)
      print(`   POST /v1/approvals/${approval}/approve with another admin key of ${product}\n`)
    }
  return found
}

async function showUnassignedPayments(db: Db, policies: Policies, print: Print): Promise<number> {
  let found = 0
  for (const product of policies.keys()) {
    const { data } = await listUnassigned(db, product, { limit: MOST_ITEMS })
    for (const { payment, provider, amount, currency, named, recorded_at } of data) {
      found += 1
      const money = amount === null || !currency ? 'an unknown amount' : formatMoney(amount, currency)
      print(`Unassigned payment: ${payment} of ${provider} for ${product}, ${money}, since ${recorded_at}`)
      if (named) print(`   It names ${named}, which is no purchase.`)
      print(`   POST /v1/unassigned-payments/${payment}/assign or …/dismiss with a support key of ${product}\n`)
    }
  }
  return found
}

const OVERDUE: Partial<Record<Health['what'], string>> = {
  holds_overdue: 'generations of PRODUCT hold credits after their deadline',
  grants_late: 'memberships of PRODUCT have overdue grants',
}

async function showOverdue(db: Db, print: Print): Promise<number> {
  let found = 0
  for (const { product, what, count } of await readHealth(db, new Date())) {
    const sentence = OVERDUE[what]?.replace('PRODUCT', product)
    if (!sentence) continue
    found += 1
    print(`${count} ${sentence}`)
    print('   Is a worker running? If so: npm run ops -- reconcile\n')
  }
  return found
}
