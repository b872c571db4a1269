import Stripe from 'stripe'
import { providerRefused, Refused } from '../../domain/shared/refusals.ts'

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

/** Errors that the same request would get again. Any other error may be temporary. */
const { errors } = Stripe
const DEFINITE = [
  errors.StripeAuthenticationError,
  errors.StripeCardError,
  errors.StripeIdempotencyError,
  errors.StripeInvalidRequestError,
  errors.StripePermissionError,
]

/** Calls Stripe. @throws Refused provider_refused or temporarily_unavailable for an error of Stripe */
export async function callStripe<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw refusalBy(error)
  }
}

/** A Stripe error as a refusal; other errors unchanged. */
function refusalBy(error: unknown): unknown {
  if (!(error instanceof errors.StripeError)) return error
  if (DEFINITE.some(definite => error instanceof definite))
    return providerRefused(
      `Stripe refused the request (${error.code ?? error.type}).`,
      `Stripe refused the request (${error.code ?? error.type}): ${error.message}`,
    )
  return new Refused({ code: 'temporarily_unavailable', detail: `Stripe is unavailable (${error.type}).` })
}

/** Reads a list of Stripe's API to its end, however many pages it has. */
export async function readAll<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of list) all.push(one)
  return all
}

/** For `catch`: null if Stripe does not know the id. */
export function nullIfMissing(error: unknown): null {
  if (error instanceof errors.StripeInvalidRequestError && error.code === 'resource_missing') return null
  throw error
}
