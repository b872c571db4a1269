import {
  Client,
  type Connection,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { auditSweepId } from '../../workflows/contract/ids.ts'
import type { AuditSweepInput } from '../../workflows/contract/messages.ts'

/** Creates each product's schedule of audits as its policy says, updates it, or deletes it. */
export async function ensureAuditSweeps(
  connection: Connection,
  { temporalNamespace: namespace, temporalTaskQueue: taskQueue }: AppConfig,
  policies: Policies,
): Promise<void> {
  const { schedule } = new Client({ connection, namespace })
  await Promise.all(
    [...policies.values()].map(async ({ product, audit: { sweep } }) => {
      const scheduleId = auditSweepId(product, taskQueue)
      const handle = schedule.getHandle(scheduleId)
      if (!sweep) {
        await handle.delete().catch(error => {
          if (!(error instanceof ScheduleNotFoundError)) throw error
        })
        return
      }
      const options = sweeps(product, sweep, taskQueue)
      try {
        await schedule.create({ scheduleId, ...options })
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error
        await handle.update(before => ({ ...before, ...options }))
      }
    }),
  )
}

/** A sweep that is still running is not started again. The jitter spreads the products' sweeps. */
function sweeps(
  product: string,
  { every_hours, accounts_per_minute, repair }: NonNullable<Policy['audit']['sweep']>,
  taskQueue: string,
) {
  const args: [AuditSweepInput] = [{ product, accounts_per_minute, repair }]
  return {
    spec: { intervals: [{ every: `${every_hours}h` as const }], jitter: '30m' as const },
    policies: { overlap: ScheduleOverlapPolicy.SKIP },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'auditSweep',
      workflowId: auditSweepId(product, taskQueue),
      taskQueue,
      args,
      staticSummary: `Audits of all accounts of ${product}`,
    },
  }
}
