import Stripe from 'stripe'
import { Refused } from '../../domain/shared/refusals.ts'

/** Callers of ours hear within five seconds. */
const TIMEOUT_MS = 4_000

export type StripeAccess = { secretKey?: string | undefined; apiBase?: string | undefined }

/**
 * The official library.
 * @param apiBase another address that speaks Stripe's wire format, for tests; Stripe itself where it is left out
 */
export function stripeClient(secretKey: string, apiBase: string | undefined): Stripe {
  return new Stripe(secretKey, { ...addressOf(apiBase), timeout: TIMEOUT_MS, maxNetworkRetries: 0 })
}

function addressOf(apiBase: string | undefined) {
  if (!apiBase) return {}
  const { hostname, port, protocol } = new URL(apiBase)
  const secure = protocol === 'https:'
  return {
    host: hostname,
    port: port || (secure ? 443 : 80),
    protocol: secure ? ('https' as const) : ('http' as const),
  }
}

/** Whether Stripe knows nothing of this id. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
}

/** An error of Stripe as a refusal of ours; any other as it is. */
export function unavailable(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  return new Refused({
    code: 'temporarily_unavailable',
    detail: `Stripe could not be asked (${error.type}).`,
  })
}
