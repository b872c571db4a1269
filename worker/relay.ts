import type { Logger } from 'pino'
import type { Db } from '../db/core/command.ts'
import { overdueEndpoints } from '../db/webhooks/deliveries.ts'
import { type EndpointId, fanOutEvents } from '../db/webhooks/events.ts'
import type { AppConfig } from '../platform/config.ts'
import { temporalClient } from '../platform/temporal-client.ts'
import { webhookDeliveryWorkflowId } from '../workflows/contract/ids.ts'
import { dueSignal } from '../workflows/contract/messages.ts'

/** One query a second, over an index that is empty where nothing happened. */
const EVERY_MS = 1_000
const EVENTS_AT_ONCE = 500
const ANSWER_WITHIN_MS = 5_000
/** How long something may be due before it is taken for forgotten: the workflow may have been told in vain. */
const OVERDUE_MS = 60_000

/**
 * Carries what acts wrote for webhooks to the workflows that send it. Any number of them may run; each event is carried by
 * one. What is told to nobody, because of a crash in between, is found when it is overdue.
 */
export function startRelay(
  config: AppConfig,
  db: Db,
  present: () => Date,
  logger: Logger,
): { stop(): Promise<void> } {
  const { temporalTaskQueue: taskQueue } = config
  const client = temporalClient(config, error => logger.warn({ err: error }, 'Temporal does not answer'))
  let lookedForOverdue = 0

  async function wake({ product, endpoint }: EndpointId): Promise<void> {
    const options = {
      workflowId: webhookDeliveryWorkflowId(product, endpoint),
      taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
      args: [{ product, endpoint }] as [EndpointId],
      signal: dueSignal,
      staticSummary: `Webhooks of ${product}`,
    }
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      client.workflow.signalWithStart('webhookDelivery', options),
    )
  }

  async function carry(): Promise<void> {
    for (let events = EVENTS_AT_ONCE; events === EVENTS_AT_ONCE && !stopping; ) {
      const batch = await fanOutEvents(db, EVENTS_AT_ONCE)
      events = batch.events
      for (const endpoint of batch.endpoints) await wake(endpoint)
    }
    const now = present().getTime()
    if (now - lookedForOverdue < OVERDUE_MS) return
    lookedForOverdue = now
    for (const endpoint of await overdueEndpoints(db, new Date(now - OVERDUE_MS))) await wake(endpoint)
  }

  let stopping = false
  let failing = false
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<void> = Promise.resolve()
  const next = () => {
    turn = carry()
      .then(() => {
        failing = false
      })
      .catch(error => {
        // Once for an outage, not every second of it.
        if (!failing) logger.warn({ err: error }, 'webhooks wait: the book or Temporal cannot be reached')
        failing = true
      })
      .finally(() => {
        if (!stopping) timer = setTimeout(next, EVERY_MS)
      })
  }
  next()
  return {
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await turn
      await client.close()
    },
  }
}
