import type { ScheduleOptions, ScheduleOptionsStartWorkflowAction } from '@temporalio/client'
import { ScheduleOverlapPolicy } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { scheduleId, type scheduleKinds } from '../../workflows/contract/ids.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'

type Hours = `${number}h`
type Minutes = `${number}m`
type Action = ScheduleOptionsStartWorkflowAction<(input: object) => Promise<unknown>>

export type PlannedSchedule = ScheduleOptions<Action>

/** The schedules of this configuration. Without its key a payment provider cannot be polled. */
export function plannedSchedules(config: AppConfig, policies: Policies): PlannedSchedule[] {
  const { stripe, gumroad, temporalTaskQueue: queue } = config
  const products = [...policies.values()]
  return [
    reconcile(config),
    hourly(queue, 'expiry-notices', 'expiryNotices', 'Credits that expire soon'),
    ...(stripe.secretKey ? [hourly(queue, 'stripe-events', 'stripeEvents', 'Stripe events that webhooks missed')] : []),
    ...products
      .filter(policy => gumroad.token && isSoldAtGumroad(policy))
      .map(({ product }) =>
        hourly(queue, 'gumroad-sales', 'gumroadSales', `Sales of ${product} at Gumroad`, { product }),
      ),
    ...products.flatMap(policy => auditSweep(queue, policy)),
    ...products.filter(({ product }) => policies.next(product)).map(({ product }) => announcements(queue, product)),
  ]
}

/** Emails and webhooks for this many accounts a minute, so that neither the mail server nor a product's server is flooded. */
const ANNOUNCEMENTS_PER_MINUTE = 600

/** Hourly until the version applies, for accounts that are new or that a run did not reach. */
function announcements(queue: string, product: string): PlannedSchedule {
  const input = { product, accounts_per_minute: ANNOUNCEMENTS_PER_MINUTE }
  return hourly(queue, 'policy-announcements', 'policyAnnouncements', `The next policy of ${product}`, input)
}

function isSoldAtGumroad({ packs, purchases }: Policy): boolean {
  return purchases.providers.includes('gumroad') && Object.values(packs).some(pack => pack.gumroad)
}

/** A poll, at once and then every hour. The jitter spreads the polls of many deployments. */
function hourly(queue: string, kind: Kind, workflow: string, summary: string, input: { product?: string } = {}) {
  const schedule = planned(queue, kind, { every: '1h', jitter: '5m' }, workflow, summary, input)
  return { ...schedule, state: { triggerImmediately: true } }
}

function reconcile({ temporalTaskQueue, reconcileMinutes }: AppConfig): PlannedSchedule {
  const spec = { every: `${reconcileMinutes}m`, jitter: '30s' } as const
  return planned(temporalTaskQueue, 'reconcile', spec, 'reconcile', 'Workflows that were cancelled or lost', {})
}

/** The jitter spreads the products' sweeps. */
function auditSweep(queue: string, { product, audit: { sweep } }: Policy): PlannedSchedule[] {
  if (!sweep) return []
  const { every_hours, accounts_per_minute, repair } = sweep
  const input = { product, accounts_per_minute, repair }
  const summary = `Audits of all accounts of ${product}`
  return [planned(queue, 'audit-sweep', { every: `${every_hours}h`, jitter: '30m' }, 'auditSweep', summary, input)]
}

type Kind = (typeof scheduleKinds)[number]

/** A run is skipped while the previous one still runs. Nothing is made up for: the database has each schedule's position. */
function planned(
  taskQueue: string,
  kind: Kind,
  { every, jitter }: { every: Hours | Minutes; jitter: Minutes | `${number}s` },
  workflowType: string,
  staticSummary: string,
  input: { product?: string },
): PlannedSchedule {
  const { product } = input
  const id = scheduleId(kind, taskQueue, product)
  const attributes = product === undefined ? [] : [{ key: searchAttributes.product, value: product }]
  return {
    scheduleId: id,
    spec: { intervals: [{ every }], jitter },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
    action: {
      type: 'startWorkflow',
      workflowType,
      workflowId: id,
      taskQueue,
      args: [input],
      staticSummary,
      typedSearchAttributes: new TypedSearchAttributes(attributes),
    },
  }
}
