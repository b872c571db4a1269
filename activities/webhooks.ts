import { heartbeat } from '@temporalio/activity'
import type { Db } from '../db/core/command.ts'
import {
  type DueDelivery,
  dueDeliveries,
  readQueueStats,
  recordAttempt,
  storeLastSuccess,
} from '../db/webhooks/deliveries.ts'
import { disableEndpoint, loadEndpoint, type WebhookEndpoint } from '../db/webhooks/endpoints.ts'
import { deleteEvents, type EndpointId } from '../db/webhooks/events.ts'
import { announceAllExpiring } from '../db/webhooks/expiry-notices.ts'
import type { CodeSecrets } from '../domain/codes/codes.ts'
import { Refused } from '../domain/shared/refusals.ts'
import { nextAttemptAt } from '../domain/webhooks/retries.ts'
import { validKeys, webhookSecret } from '../domain/webhooks/secrets.ts'
import { messageOf } from '../webhooks/message.ts'
import type { Outcome, Send } from '../webhooks/send.ts'

export type WebhookActivities = ReturnType<typeof webhookActivities>

/** What a batch came to, and how the endpoint stands after it. */
export type BatchReport = {
  delivered: number
  /** tried in vain, whether or not they will be tried again */
  missed: number
  /** given up after three days */
  failed: number
  /** what went wrong last, in plain words */
  lastError: string | null
  pending: number
  /** when the next one is due; null when nothing waits, or nothing may be sent */
  next_attempt_at: string | null
  disabled: 'gone' | 'failing' | 'deleted' | null
}

/** Sent side by side, and recorded one by one: a worker that dies in between leaves at most so many to be sent again. */
const BATCH = 20
const GONE = 410
/** Tells that a batch is still on its way, so that one whose worker was killed is soon sent by another. */
const HEARTBEAT_MS = 1_500

/** How long what was told is kept, for those who look deliveries up. */
const KEPT_MS = 30 * 24 * 3_600_000
const ROWS_AT_ONCE = 500

/** The steps of telling products what happened. @param now real time, by which messages are signed and tried again */
export function webhookActivities({
  db,
  now,
  send,
  codeSecrets,
}: {
  db: Db
  now: () => Date
  send: Send
  codeSecrets: CodeSecrets
}) {
  async function deliver(endpoint: WebhookEndpoint, delivery: DueDelivery) {
    const sent = now()
    const keys = validKeys(endpoint.signing_keys, sent)
    const secrets = keys.map(key => webhookSecret(codeSecrets, endpoint, key))
    const outcome = await send(endpoint.url, messageOf(delivery, secrets, sent))
    const at = now()
    const taken = isTaken(outcome)
    const next_attempt_at = taken ? null : nextAttemptAt(delivery.attempts + 1, delivery.started_at, at)
    const state = taken ? 'delivered' : next_attempt_at ? 'pending' : 'failed'
    const tried = {
      delivery_no: delivery.delivery_no,
      state,
      outcome: inWords(outcome),
      next_attempt_at,
      at,
    } as const
    await recordAttempt(db, endpoint, tried)
    return { ...tried, gone: 'status' in outcome && outcome.status === GONE, started_at: delivery.started_at }
  }

  /** One that is gone said so itself; one that took nothing for three days is failing. */
  function reasonToDisable(
    { last_success_at }: WebhookEndpoint,
    tries: Awaited<ReturnType<typeof deliver>>[],
  ): 'gone' | 'failing' | null {
    if (tries.some(({ gone }) => gone)) return 'gone'
    if (tries.some(({ state }) => state === 'delivered')) return null
    const inVain = tries.some(
      ({ state, started_at }) =>
        state === 'failed' && (last_success_at === null || last_success_at < started_at),
    )
    return inVain ? 'failing' : null
  }

  return {
    /** Sends an endpoint the next deliveries that are due. */
    deliverDue: async (which: EndpointId): Promise<BatchReport> => {
      const endpoint = await findEndpoint(db, which)
      const nothing = {
        delivered: 0,
        missed: 0,
        failed: 0,
        lastError: null,
        pending: 0,
        next_attempt_at: null,
      }
      if (!endpoint) return { ...nothing, disabled: 'deleted' }
      const due = await dueDeliveries(db, which, now(), BATCH)
      const beating = setInterval(() => heartbeat(), HEARTBEAT_MS)
      const tries = await Promise.all(due.map(delivery => deliver(endpoint, delivery))).finally(() =>
        clearInterval(beating),
      )
      const missed = tries.filter(({ state }) => state !== 'delivered')
      if (missed.length < tries.length) await storeLastSuccess(db, which, now())
      const because = endpoint.disabled_because ?? reasonToDisable(endpoint, tries)
      if (because && !endpoint.disabled_at) await disableEndpoint(db, which, because, now())
      const { pending, next_attempt_at } = await readQueueStats(db, which)
      return {
        delivered: tries.length - missed.length,
        missed: missed.length,
        failed: missed.filter(({ state }) => state === 'failed').length,
        lastError: missed.at(-1)?.outcome ?? null,
        pending,
        next_attempt_at: because ? null : next_attempt_at,
        disabled: because,
      }
    },

    /** Tells of the credits that will expire soon, of all accounts in real time, and forgets what is long told. */
    announceExpiring: async (): Promise<{ emitted: number }> => {
      const at = now()
      const emitted = await announceAllExpiring(db, at, ROWS_AT_ONCE)
      const before = new Date(at.getTime() - KEPT_MS)
      while ((await deleteEvents(db, before, ROWS_AT_ONCE)) === ROWS_AT_ONCE);
      return { emitted }
    },
  }
}

/** The endpoint, or null where it was deleted meanwhile. */
async function findEndpoint(db: Db, { product, endpoint }: EndpointId): Promise<WebhookEndpoint | null> {
  try {
    return await loadEndpoint(db, product, endpoint)
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

function isTaken(outcome: Outcome): boolean {
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300
}

function inWords(outcome: Outcome): string {
  return 'status' in outcome ? `answered ${outcome.status}` : outcome.error
}
