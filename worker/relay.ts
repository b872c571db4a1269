import type { Logger } from 'pino'
import type { Db } from '../db/core/command.ts'
import { dispatchEmails, overdueEmailProducts } from '../db/emails/emails.ts'
import { overdueEndpoints } from '../db/webhooks/deliveries.ts'
import { type EndpointId, fanOutEvents } from '../db/webhooks/events.ts'
import type { AppConfig } from '../platform/config.ts'
import type { TemporalClient } from '../platform/temporal-client.ts'
import { emailDeliveryWorkflowId, webhookDeliveryWorkflowId } from '../workflows/contract/ids.ts'
import { dueSignal } from '../workflows/contract/messages.ts'

/** A query a second for each queue, over an index that is empty where nothing happened. */
const EVERY_MS = 1_000
const PER_BATCH = 500
const DEADLINE_MS = 5_000
/** A delivery that is due for so long was missed: its signal may be lost. */
const OVERDUE_MS = 60_000

/**
 * Fans webhook events out to the workflows of the endpoints, and tells the workflows that send emails of new ones. Any
 * number of relays can run; each event is fanned out once. Deliveries whose signal was lost in a crash are found once they are overdue.
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

  async function signal(type: string, workflowId: string, args: [object], staticSummary: string): Promise<void> {
    const workflowIdReusePolicy = 'ALLOW_DUPLICATE' as const
    const options = { workflowId, taskQueue, workflowIdReusePolicy, args, signal: dueSignal, staticSummary }
    await client.withDeadline(Date.now() + DEADLINE_MS, () => client.workflow.signalWithStart(type, options))
  }

  const signalEndpoint = ({ product, endpoint }: EndpointId) =>
    signal(
      'webhookDelivery',
      webhookDeliveryWorkflowId(product, endpoint),
      [{ product, endpoint }],
      `Webhooks of ${product}`,
    )
  const signalEmails = (product: string) =>
    signal('emailDelivery', emailDeliveryWorkflowId(product, taskQueue), [{ product }], `Emails of ${product}`)

  async function fanOut(): Promise<void> {
    for (let events = PER_BATCH; events === PER_BATCH && !isStopping; ) {
      const batch = await fanOutEvents(db, PER_BATCH)
      events = batch.events
      await settleAll(batch.endpoints.map(signalEndpoint))
    }
  }

  async function dispatch(): Promise<void> {
    for (let emails = PER_BATCH; emails === PER_BATCH && !isStopping; ) {
      const batch = await dispatchEmails(db, PER_BATCH)
      emails = batch.emails
      await settleAll(batch.products.map(signalEmails))
    }
  }

  async function signalOverdue(): Promise<void> {
    const at = now().getTime()
    if (at - lastOverdueCheck < OVERDUE_MS) return
    lastOverdueCheck = at
    const before = new Date(at - OVERDUE_MS)
    await settleAll([
      ...(await overdueEndpoints(db, before)).map(signalEndpoint),
      ...(await overdueEmailProducts(db, before)).map(signalEmails),
    ])
  }

  async function runRound(): Promise<void> {
    try {
      await settleAll([fanOut(), dispatch(), signalOverdue()])
      isFailing = false
    } catch (error) {
      // One line per outage, not one per second.
      if (!isFailing) logger.warn({ err: error }, 'webhooks and emails delayed: database or Temporal unavailable')
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

/** Waits for all, so that one that fails delays no other. @throws the first error */
async function settleAll(work: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason
}
