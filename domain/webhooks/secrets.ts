import { createHmac } from 'node:crypto'
import { type ServerSecrets, secretOf } from '../shared/server-secrets.ts'

/**
 * The derivation of an endpoint's secret: its issue number and the version of the server's secret. `until` is when a replaced
 * secret stops signing, ISO 8601.
 */
export type SigningKey = { issue: number; version: number; until?: string }

/** How long a replaced secret keeps signing, so that receivers can change over. */
const OLD_SECRET_LIVES_MS = 24 * 3_600_000

/** Derives an endpoint's secret in the format of Standard Webhooks. */
export function webhookSecret(
  secrets: ServerSecrets,
  { product, endpoint }: { product: string; endpoint: string },
  { issue, version }: SigningKey,
): string {
  const digest = createHmac('sha256', secretOf(secrets, version))
    .update(JSON.stringify(['webhook secret', product, endpoint, issue]))
    .digest('base64')
  return `whsec_${digest}`
}

/** Adds a new key; earlier keys sign for another day. @param version of the server's secret */
export function rotateKeys(keys: readonly SigningKey[], version: number, now: Date): SigningKey[] {
  const until = new Date(now.getTime() + OLD_SECRET_LIVES_MS).toISOString()
  const issue = Math.max(0, ...keys.map(key => key.issue)) + 1
  return [{ issue, version }, ...validKeys(keys, now).map(key => ({ until, ...key }))]
}

/** The valid keys, newest first. */
export function validKeys(keys: readonly SigningKey[], now: Date): SigningKey[] {
  return keys.filter(({ until }) => until === undefined || until > now.toISOString())
}
