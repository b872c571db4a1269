import { heartbeat } from '@temporalio/activity'
import type { Db } from '../db/core/command.ts'
import { dueDeliveries, readQueueStats, storeLastSuccess } from '../db/webhooks/deliveries.ts'
import { disableEndpoint, loadEndpoint, type WebhookEndpoint } from '../db/webhooks/endpoints.ts'
import { deleteEvents, type EndpointId } from '../db/webhooks/events.ts'
import { announceAllExpiring } from '../db/webhooks/expiry-notices.ts'
import { Refused } from '../domain/shared/refusals.ts'
import { type Attempt, attemptDelivery, type DeliveryDeps, reasonToDisable } from './webhook-attempt.ts'

export type WebhookActivities = ReturnType<typeof webhookActivities>

/** The result of a batch, and the endpoint's status after it. */
export type BatchReport = {
  delivered: number
  /** attempts that failed, whether or not they are retried */
  missed: number
  /** messages that were given up after three days */
  failed: number
  lastError: string | null
  pending: number
  /** null where nothing is pending, or nothing may be sent */
  next_attempt_at: string | null
  disabled: 'gone' | 'failing' | 'deleted' | null
}

/** Sent in parallel, recorded one by one: a worker that crashes in between causes at most so many to be sent again. */
const BATCH = 20
/** A missed heartbeat tells Temporal soon that the batch's worker was killed. */
const HEARTBEAT_MS = 1_500
/** How long sent events are kept, for the list of deliveries. */
const KEPT_MS = 30 * 24 * 3_600_000
const ROWS_PER_STATEMENT = 500

/** The steps of webhook deliveries. @param now real time, which signs messages and times retries */
export function webhookActivities(deps: { db: Db } & DeliveryDeps) {
  const { db, now } = deps

  return {
    /** Attempts the next deliveries of an endpoint that are due. */
    deliverDue: async (ref: EndpointId): Promise<BatchReport> => {
      const endpoint = await findEndpoint(db, ref)
      if (!endpoint) return reportOf([], { pending: 0, next_attempt_at: null }, 'deleted')
      const due = await dueDeliveries(db, ref, now(), BATCH)
      const beat = setInterval(() => heartbeat(), HEARTBEAT_MS)
      const attempts = await Promise.all(due.map(delivery => attemptDelivery(deps, endpoint, delivery))).finally(() =>
        clearInterval(beat),
      )
      if (attempts.some(({ state }) => state === 'delivered')) await storeLastSuccess(db, ref, now())
      const disabled = endpoint.disabled_because ?? reasonToDisable(endpoint, attempts)
      if (disabled && !endpoint.disabled_at) await disableEndpoint(db, ref, disabled, now())
      return reportOf(attempts, await readQueueStats(db, ref), disabled)
    },

    /** Emits events for credits that expire soon, of all accounts on real time, and deletes events sent long ago. */
    announceExpiring: async (): Promise<{ emitted: number }> => {
      const at = now()
      const emitted = await announceAllExpiring(db, at, ROWS_PER_STATEMENT, heartbeat)
      const before = new Date(at.getTime() - KEPT_MS)
      while ((await deleteEvents(db, before, ROWS_PER_STATEMENT)) === ROWS_PER_STATEMENT) heartbeat()
      return { emitted }
    },
  }
}

function reportOf(
  attempts: Attempt[],
  { pending, next_attempt_at }: Pick<BatchReport, 'pending' | 'next_attempt_at'>,
  disabled: BatchReport['disabled'],
): BatchReport {
  const missed = attempts.filter(({ state }) => state !== 'delivered')
  return {
    delivered: attempts.length - missed.length,
    missed: missed.length,
    failed: missed.filter(({ state }) => state === 'failed').length,
    lastError: missed.at(-1)?.outcome ?? null,
    pending,
    next_attempt_at: disabled ? null : next_attempt_at,
    disabled,
  }
}

/** @returns null where the endpoint was deleted meanwhile */
async function findEndpoint(db: Db, { product, endpoint }: EndpointId): Promise<WebhookEndpoint | null> {
  try {
    return await loadEndpoint(db, product, endpoint)
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}
