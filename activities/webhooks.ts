import { heartbeat } from '@temporalio/activity'
import { keepAttention, raiseAttention } from '../db/attention/raise.ts'
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
import { expiryEmails } from '../domain/policy/emails/sending.ts'
import { Refused } from '../domain/shared/refusals.ts'
import { nextAttemptAt } from '../domain/shared/retries.ts'
import type { ServerSecrets } from '../domain/shared/server-secrets.ts'
import { failingEndpoint } from '../domain/webhooks/failing.ts'
import { validKeys, webhookSecret } from '../domain/webhooks/secrets.ts'
import type { Policies } from '../platform/policy-store.ts'
import { messageOf } from '../webhooks/message.ts'
import type { Send } from '../webhooks/send.ts'

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

type Acknowledged = { acknowledged?: boolean }

/** Sent in parallel, recorded one by one: a worker that crashes in between causes at most so many to be sent again. */
const BATCH = 20
/** After a missed heartbeat Temporal soon retries the batch of a killed worker. */
const HEARTBEAT_MS = 1_500
/** How long sent events are kept, for the list of deliveries. */
const KEPT_MS = 30 * 24 * 3_600_000
const ROWS_PER_STATEMENT = 500

/** The steps of webhook deliveries. @param now real time, which signs messages and times retries */
export function webhookActivities(deps: { db: Db; policies: Policies } & DeliveryDeps) {
  const { db, now } = deps

  return {
    /** Attempts the next deliveries of an endpoint that are due. @param acknowledged whether a person has looked at the failure */
    deliverDue: async ({ acknowledged, ...ref }: EndpointId & Acknowledged): Promise<BatchReport> => {
      const { product, endpoint: id } = ref
      const about = { product, subject: 'webhook_endpoint' as const, id, account_key: null }
      if (acknowledged) await keepAttention(db, about, null, now())
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
      const report = reportOf(attempts, await readQueueStats(db, ref), disabled)
      if (report.failed > 0) await raiseAttention(db, about, failingEndpoint(report), now())
      return report
    },

    /** Emits events and queues emails for credits that expire soon, of all accounts on real time, and deletes events sent long ago. */
    announceExpiring: async (): Promise<{ emitted: number }> => {
      const at = now()
      const emitted = await announceAllExpiring(db, at, expiryEmails(deps.policies), ROWS_PER_STATEMENT, heartbeat)
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

type DeliveryDeps = { db: Db; now: () => Date; send: Send; serverSecrets: ServerSecrets }

type Attempt = {
  state: 'delivered' | 'pending' | 'failed'
  outcome: string
  /** the receiver answered 410 */
  isGone: boolean
  started_at: Date
}

const GONE = 410

/** Sends one message, signed with every valid key, and records the outcome. */
async function attemptDelivery(
  { db, now, send, serverSecrets }: DeliveryDeps,
  endpoint: WebhookEndpoint,
  delivery: DueDelivery,
): Promise<Attempt> {
  const sent = now()
  const keys = validKeys(endpoint.signing_keys, sent)
  const secrets = keys.map(key => webhookSecret(serverSecrets, endpoint, key))
  const answer = await send(endpoint.url, messageOf(delivery, secrets, sent))
  const at = now()
  const status = 'status' in answer ? answer.status : 0
  const { delivery_no, attempts, started_at } = delivery
  const isDelivered = status >= 200 && status < 300
  const next_attempt_at = isDelivered ? null : nextAttemptAt(attempts + 1, started_at, at)
  const state = isDelivered ? 'delivered' : next_attempt_at ? 'pending' : 'failed'
  const outcome = 'error' in answer ? answer.error : `answered ${status}`
  await recordAttempt(db, endpoint, { delivery_no, state, outcome, next_attempt_at, at })
  return { state, outcome, isGone: status === GONE, started_at }
}

/** `gone` where the receiver says so, `failing` where nothing was delivered for three days. */
function reasonToDisable({ last_success_at }: WebhookEndpoint, attempts: Attempt[]): 'gone' | 'failing' | null {
  if (attempts.some(({ isGone }) => isGone)) return 'gone'
  if (attempts.some(({ state }) => state === 'delivered')) return null
  const isFailing = attempts.some(
    ({ state, started_at }) => state === 'failed' && (last_success_at === null || last_success_at < started_at),
  )
  return isFailing ? 'failing' : null
}
