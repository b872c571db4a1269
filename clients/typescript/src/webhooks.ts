import type { webhooks } from './api.ts'

type Content<W> = W extends { post: { requestBody: { content: { 'application/json': infer Body } } } } ? Body : never

/** An event as Lotkeeper sends it; `type` tells what `data` has. */
export type WebhookEvent = Content<webhooks[keyof webhooks]>

type HeaderFields = Headers | Record<string, string | string[] | undefined>

/** A message that does not come from Lotkeeper, or came too late. Answer it with a 400. */
export class WebhookError extends Error {
  override name = 'WebhookError'
}

/** Messages that were signed longer ago, or later, are refused, so that nobody can send an old one again. */
const TOLERANCE_SECONDS = 300

/**
 * Verifies a webhook message (Standard Webhooks) and returns its event. Messages may come twice: skip those whose `webhook-id`
 * you have seen.
 * @param body the raw body, as it was received
 * @param secret of the endpoint: whsec_…
 * @throws WebhookError
 */
export async function verifyWebhook(
  body: string,
  headers: HeaderFields,
  secret: string,
  now: Date = new Date(),
): Promise<WebhookEvent> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name =>
    headerOf(headers, name),
  )
  if (!id || !timestamp || !signatures) throw new WebhookError('The message has no webhook-… headers.')
  if (!(Math.abs(now.getTime() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS))
    throw new WebhookError('The message was not signed within the last five minutes.')
  const key = await keyOf(secret)
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const checks = signatures
    .split(' ')
    .filter(each => each.startsWith('v1,'))
    .map(each => matches(key, each.slice('v1,'.length), signed))
  if (!(await Promise.all(checks)).includes(true)) throw new WebhookError('The signature is wrong.')
  return JSON.parse(body)
}

function headerOf(headers: HeaderFields, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1]
  return Array.isArray(value) ? value[0] : value
}

type Key = Awaited<ReturnType<typeof keyOf>>

async function keyOf(secret: string) {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''))
  if (!bytes) throw new WebhookError('The secret is not one of Lotkeeper: whsec_…')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

async function matches(key: Key, signature: string, signed: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const bytes = bytesOf(signature)
  return bytes !== null && crypto.subtle.verify('HMAC', key, bytes, signed)
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  } catch {
    return null
  }
}
