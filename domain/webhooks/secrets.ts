import { createHmac } from 'node:crypto'
import { type CodeSecrets, secretOf } from '../codes/codes.ts'

/**
 * What a secret of an endpoint is derived from: its number, and the version of the server's own secret. `until` is when
 * one that was replaced stops signing, ISO 8601.
 */
export type SigningKey = { issue: number; version: number; until?: string }

/** How long the old secret signs beside the new one, so that receivers can change over. */
const OLD_SECRET_LIVES_MS = 24 * 3_600_000

/** The secret of an endpoint, in the form of Standard Webhooks: the same again for as long as the server's own is kept. */
export function webhookSecret(
  secrets: CodeSecrets,
  { product, endpoint }: { product: string; endpoint: string },
  { issue, version }: SigningKey,
): string {
  const digest = createHmac('sha256', secretOf(secrets, version))
    .update(JSON.stringify(['webhook secret', product, endpoint, issue]))
    .digest('base64')
  return `whsec_${digest}`
}

/** The keys after a new one takes over; those before it sign for another day. @param version that the new one has */
export function rotateKeys(keys: readonly SigningKey[], version: number, now: Date): SigningKey[] {
  const until = new Date(now.getTime() + OLD_SECRET_LIVES_MS).toISOString()
  const issue = Math.max(0, ...keys.map(key => key.issue)) + 1
  return [{ issue, version }, ...validKeys(keys, now).map(key => ({ until, ...key }))]
}

/** The keys that sign at a time, newest first. */
export function validKeys(keys: readonly SigningKey[], now: Date): SigningKey[] {
  return keys.filter(({ until }) => until === undefined || until > now.toISOString())
}
