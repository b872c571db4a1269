import type { Logger } from 'pino'
import type { Db } from '../db/core/command.ts'
import { overdueEndpoints } from '../db/webhooks/deliveries.ts'
import { type EndpointId, fanOutEvents } from '../db/webhooks/events.ts'
import type { AppConfig } from '../platform/config.ts'
import type { TemporalClient } from '../platform/temporal-client.ts'
import { webhookDeliveryWorkflowId } from '../workflows/contract/ids.ts'
import { dueSignal } from '../workflows/contract/messages.ts'

/** One query a second, over an index that is empty where nothing happened. */
const EVERY_MS = 1_000
const EVENTS_PER_BATCH = 500
const DEADLINE_MS = 5_000
/** A delivery that is due for so long was missed: its signal may be lost. */
const OVERDUE_MS = 60_000

/**
 * Fans webhook events out to the workflows of the endpoints. Any number of relays can run; each event is fanned out once.
 * Deliveries whose signal was lost in a crash are found once they are overdue.
 */
export function startRelay(
  { temporalTaskQueue: taskQueue }: AppConfig,
  client: TemporalClient,
  db: Db,
  now: () => Date,
  logger: Logger,
): { stop(): Promise<void> } {
  let lastOverdueCheck = 0
  let isStopping = false
  let isFailing = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()

  async function signal({ product, endpoint }: EndpointId): Promise<void> {
    const options = {
      workflowId: webhookDeliveryWorkflowId(product, endpoint),
      taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
      args: [{ product, endpoint }] as [EndpointId],
      signal: dueSignal,
      staticSummary: `Webhooks of ${product}`,
    }
    await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.signalWithStart('webhookDelivery', options),
    )
  }

  async function fanOut(): Promise<void> {
    for (let events = EVENTS_PER_BATCH; events === EVENTS_PER_BATCH && !isStopping; ) {
      const batch = await fanOutEvents(db, EVENTS_PER_BATCH)
      events = batch.events
      for (const endpoint of batch.endpoints) await signal(endpoint)
    }
    const at = now().getTime()
    if (at - lastOverdueCheck < OVERDUE_MS) return
    lastOverdueCheck = at
    for (const endpoint of await overdueEndpoints(db, new Date(at - OVERDUE_MS))) await signal(endpoint)
  }

  async function runRound(): Promise<void> {
    try {
      await fanOut()
      isFailing = false
    } catch (error) {
      // One line per outage, not one per second.
      if (!isFailing) logger.warn({ err: error }, 'webhooks delayed: database or Temporal unavailable')
      isFailing = true
    }
    if (!isStopping) timer = setTimeout(startRound, EVERY_MS)
  }

  function startRound(): void {
    round = runRound()
  }

  startRound()
  return {
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await round
    },
  }
}
