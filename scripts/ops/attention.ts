import { listOpenApprovals } from '../../db/accounts/approvals.ts'
import type { Db } from '../../db/core/command.ts'
import {
  listUnassignedSubscriptions,
  type NoOwner,
  type UnassignedSubscription,
} from '../../db/memberships/unassigned-subscriptions.ts'
import { type Health, readHealth } from '../../db/operations/health.ts'
import { listUnassigned } from '../../db/purchases/unassigned-payments.ts'
import { formatMoney } from '../../domain/shared/amount.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { attentionQuery } from '../../workflows/contract/attention.ts'
import { type Print, styled } from '../terminal.ts'
import type { Servers } from './servers.ts'

/** Something that needs a person, and how to resolve it. */
export type AttentionItem = { what: string; details: string[] }

const QUERY_TIMEOUT_MS = 10_000
/** of each product */
const MOST_ITEMS = 100

/** Reads everything that needs a person. */
export async function readAttention(servers: Servers, policies: Policies): Promise<AttentionItem[]> {
  const products = [...policies.keys()]
  return [
    ...(await overdue(servers.db)),
    ...(await approvals(servers.db, products)),
    ...(await unassignedPayments(servers.db, products)),
    ...(await unassignedSubscriptions(servers.db, products)),
    ...(await workflows(servers, 'running')),
    ...(await workflows(servers, 'ended')),
  ]
}

export function printAttention(items: AttentionItem[], print: Print): void {
  for (const { what, details } of items) {
    print(styled('bold', what))
    for (const line of details) print(`   ${line}`)
    print('')
  }
  print(items.length === 0 ? 'No items need attention.' : `${items.length} to resolve; see docs/operations.md.`)
}

async function workflows({ temporal, taskQueue }: Servers, which: 'running' | 'ended'): Promise<AttentionItem[]> {
  const items: AttentionItem[] = []
  for await (const { workflowId, runId } of temporal.workflow.list({ query: attentionQuery(taskQueue, which) })) {
    // An ended run may have a later one, after a reset or a new request.
    if (which === 'ended' && (await temporal.workflow.getHandle(workflowId).describe()).runId !== runId) continue
    const details = await temporal
      .withDeadline(Date.now() + QUERY_TIMEOUT_MS, () =>
        temporal.workflow
          .getHandle(workflowId, runId)
          .query<{ currentDetails?: string }>('__temporal_workflow_metadata'),
      )
      .then(({ currentDetails }) => currentDetails ?? '')
      .catch(error => `The details cannot be read: ${error.message}. Is a worker running?`)
    items.push({
      what: which === 'running' ? workflowId : `${workflowId} (ended)`,
      details: details.split('\n').filter(Boolean),
    })
  }
  return items
}

async function approvals(db: Db, products: string[]): Promise<AttentionItem[]> {
  const items: AttentionItem[] = []
  for (const product of products)
    for (const { approval, kind, account, subject } of await listOpenApprovals(db, product, MOST_ITEMS))
      items.push({
        what: `${kind} ${subject} for ${product}/${account} waits for approval by a second person`,
        details: [`POST /v1/approvals/${approval}/approve with another admin key of ${product}`],
      })
  return items
}

async function unassignedPayments(db: Db, products: string[]): Promise<AttentionItem[]> {
  const items: AttentionItem[] = []
  for (const product of products) {
    const { data } = await listUnassigned(db, product, { limit: MOST_ITEMS })
    for (const { payment, provider, amount, currency, named, recorded_at } of data) {
      const money = amount === null || !currency ? 'an unknown amount' : formatMoney(amount, currency)
      items.push({
        what: `Unassigned payment: ${payment} of ${provider} for ${product}, ${money}, since ${recorded_at}`,
        details: [
          ...(named ? [`It names ${named}, which is no purchase.`] : []),
          `POST /v1/unassigned-payments/${payment}/assign or …/dismiss with a support key of ${product}`,
        ],
      })
    }
  }
  return items
}

async function unassignedSubscriptions(db: Db, products: string[]): Promise<AttentionItem[]> {
  const items: AttentionItem[] = []
  for (const product of products)
    for (const kept of await listUnassignedSubscriptions(db, product, MOST_ITEMS))
      items.push({
        what: `Unassigned subscription: ${kept.subscription} of stripe for ${product}, since ${kept.recorded_at}`,
        details: [NO_OWNER[kept.reason](kept)],
      })
  return items
}

const NO_OWNER: Record<NoOwner, (kept: UnassignedSubscription) => string> = {
  unknown_account: ({ account, customer }) =>
    account === null
      ? `No account has its customer ${customer}. PUT /v1/accounts/… with stripe_customer, or cancel it at Stripe.`
      : `Its metadata names the account ${account}, which does not exist. Create it, or correct the metadata at Stripe.`,
  unknown_product: ({ stated_product }) =>
    `Its metadata names the product ${stated_product}, which does not exist. Correct the metadata at Stripe.`,
  closed_account: () => 'Its account is closed. Cancel it at Stripe, and refund what was paid after the closing.',
}

const OVERDUE: Partial<Record<Health['what'], string>> = {
  holds_overdue: 'generations of PRODUCT hold credits after their deadline',
  grants_late: 'memberships of PRODUCT have overdue grants',
}

async function overdue(db: Db): Promise<AttentionItem[]> {
  const details = ['Is a worker running? If so: npm run ops -- reconcile']
  return (await readHealth(db, new Date())).flatMap(({ product, what, count }) => {
    const sentence = OVERDUE[what]?.replace('PRODUCT', product)
    return sentence ? [{ what: `${count} ${sentence}`, details }] : []
  })
}
