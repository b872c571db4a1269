import type { Db } from '../db/core/command.ts'
import { type DueDelivery, recordAttempt } from '../db/webhooks/deliveries.ts'
import type { WebhookEndpoint } from '../db/webhooks/endpoints.ts'
import type { CodeSecrets } from '../domain/codes/codes.ts'
import { nextAttemptAt } from '../domain/webhooks/retries.ts'
import { validKeys, webhookSecret } from '../domain/webhooks/secrets.ts'
import { messageOf } from '../webhooks/message.ts'
import type { Send } from '../webhooks/send.ts'

export type DeliveryDeps = { db: Db; now: () => Date; send: Send; codeSecrets: CodeSecrets }

export type Attempt = {
  state: 'delivered' | 'pending' | 'failed'
  outcome: string
  /** the receiver answered 410 */
  isGone: boolean
  started_at: Date
}

const GONE = 410

/** Sends one message, signed with every valid key, and records the outcome. */
export async function attemptDelivery(
  { db, now, send, codeSecrets }: DeliveryDeps,
  endpoint: WebhookEndpoint,
  delivery: DueDelivery,
): Promise<Attempt> {
  const sent = now()
  const keys = validKeys(endpoint.signing_keys, sent)
  const secrets = keys.map(key => webhookSecret(codeSecrets, endpoint, key))
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
export function reasonToDisable({ last_success_at }: WebhookEndpoint, attempts: Attempt[]): 'gone' | 'failing' | null {
  if (attempts.some(({ isGone }) => isGone)) return 'gone'
  if (attempts.some(({ state }) => state === 'delivered')) return null
  const isFailing = attempts.some(
    ({ state, started_at }) => state === 'failed' && (last_success_at === null || last_success_at < started_at),
  )
  return isFailing ? 'failing' : null
}
