import Stripe from 'stripe'
import { Refused } from '../../domain/shared/refusals.ts'

/** Our own callers time out after 5 s. */
const TIMEOUT_MS = 4_000

export type StripeAccess = { secretKey?: string | undefined; apiBase?: string | undefined }

/** Stripe's official client. @param apiBase a replacement for tests */
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

/** Calls Stripe. @throws Refused temporarily_unavailable for any error of Stripe */
export async function callStripe<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw unavailable(error)
  }
}

/** A Stripe error as a refusal; other errors unchanged. */
export function unavailable(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  return new Refused({ code: 'temporarily_unavailable', detail: `Stripe is unavailable (${error.type}).` })
}

/** For `catch`: null if Stripe does not know the id. */
export function nullIfMissing(error: unknown): null {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return null
  throw error
}
