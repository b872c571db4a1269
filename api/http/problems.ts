import { randomUUID } from 'node:crypto'
import { capital, count } from '../../domain/shared/plain-words.ts'
import { type Refusal, type RefusalCode, Refused, refusalTitles } from '../../domain/shared/refusals.ts'
import { advice } from '../docs/texts/problem-advice.ts'
import type { Route } from './route.ts'

/** The HTTP status of every error code. */
export const statuses: Record<RefusalCode, number> = {
  unauthorized: 401,
  insufficient_credits: 402,
  membership_required: 403,
  scope_required: 403,
  trial_exhausted: 403,
  not_found: 404,
  code_invalid: 404,
  already_settled: 409,
  code_already_redeemed: 409,
  code_replaced: 409,
  code_refunded: 409,
  refund_not_offered: 409,
  refund_window_passed: 409,
  approval_decided: 409,
  payment_settled: 409,
  refund_used: 409,
  account_closed: 409,
  trial_used: 409,
  plan_required: 409,
  not_configured: 409,
  transfer_not_allowed: 409,
  idempotency_in_progress: 409,
  payload_too_large: 413,
  invalid_request: 422,
  unknown_operation: 422,
  price_out_of_range: 422,
  quantity_not_offered: 422,
  idempotency_key_reused: 422,
  idempotency_key_required: 400,
  daily_limit_reached: 429,
  fair_use_reached: 429,
  concurrency_limit_reached: 429,
  too_many_requests: 429,
  internal_error: 500,
  provider_refused: 502,
  temporarily_unavailable: 503,
}

/**
 * The response body of a refusal: application/problem+json (RFC 9457). `param` is the first field that is wrong, if one is.
 * @param publicUrl makes `doc_url`, the address of the code's page
 */
export function problemOf({ code, ...fields }: Refusal, requestId: string = randomUUID(), publicUrl?: string) {
  const type = `/problems/${code.replaceAll('_', '-')}`
  const param = paramOf(fields.errors)
  return {
    type,
    title: refusalTitles[code],
    status: statuses[code],
    detail: defaultDetail(code, fields),
    ...fields,
    code,
    ...(param !== undefined && { param }),
    ...(publicUrl !== undefined && { doc_url: `${publicUrl}${type}` }),
    request_id: requestId,
  }
}

/** The field of the first mistake; undefined if it concerns the whole body or request. */
function paramOf(errors: unknown): string | undefined {
  const path = Array.isArray(errors) ? errors[0]?.path : undefined
  return typeof path === 'string' && !path.startsWith('(') ? path : undefined
}

/**
 * The detail of a 503. Only reservations are undone after a 503 (decision 0004); any other request may have taken effect.
 */
export function unavailableDetail(route: Pick<Route, 'method' | 'undoneIfUnavailable'> | undefined): string {
  if (route?.undoneIfUnavailable) return 'Nothing was held. Send the same request again, with the same Idempotency-Key.'
  if (!route || route.method === 'get') return 'Send the request again.'
  return 'The request may have taken effect. Send it again, with the same Idempotency-Key if it had one; it takes effect once.'
}

/** The detail of a refusal without its own, such as those of SQL functions: with its numbers, or else what to do. */
function defaultDetail(code: RefusalCode, fields: Record<string, unknown>): string {
  const { required, available, frozen, limit, state } = fields
  if (code === 'insufficient_credits' && available !== undefined) {
    const thaw = frozen ? ` ${frozen} more ${isOrAre(frozen)} frozen until the account is a member again.` : ''
    return `Costs ${count(Number(required), 'credit')}; ${available} ${isOrAre(available)} available.${thaw}${waysOn(fields)}`
  }
  if (code === 'concurrency_limit_reached' && limit !== undefined)
    return `The account may have ${limit} generations in progress. Send the request again when one has ended.`
  if (code === 'already_settled' && typeof state === 'string')
    return `The generation is ${state}. The first settlement is final.`
  return advice[code].next
}

const isOrAre = (n: unknown) => (n === 1 ? 'is' : 'are')

/** The ways on that a refusal names: buy a pack, or wait. */
function waysOn({ packs, next_grant }: Record<string, unknown>): string {
  const buy = Array.isArray(packs) && packs.length > 0 ? [`buy a pack (${packs.join(', ')})`] : []
  const { at, amount } = (next_grant ?? {}) as { at?: string; amount?: number }
  const ways = [...buy, ...(at ? [`wait for ${count(amount ?? 0, 'credit')} at ${at}`] : [])].join(', or ')
  return ways === '' ? '' : ` ${capital(ways)}.`
}

/** The refusal of any error. Errors other than refusals reveal nothing to the caller. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal
  const { type, status } = (error ?? {}) as { type?: string; status?: number }
  if (type === 'entity.too.large') return { code: 'payload_too_large', detail: 'The body is limited to 256 kB.' }
  if (status !== undefined && status >= 400 && status < 500) return unreadable
  if (isOutage(error)) return { code: 'temporarily_unavailable' }
  return { code: 'internal_error' }
}

const unreadable: Refusal = {
  code: 'invalid_request',
  detail: 'The body must be JSON, sent as application/json.',
  errors: [{ path: '(body)', message: 'must be JSON, sent as application/json' }],
}

/** Connection errors of Node and PostgreSQL, time-outs and serialization failures. */
const outageCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|08...|53...|57P0.|57014|25P0[34]|55P03|40001|40P01)$/
const outageMessages =
  /timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|is not queryable/

/** Whether PostgreSQL was unreachable or too slow. */
export function isOutage(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as { code?: string; message?: string; errors?: unknown[] }
  if (Array.isArray(errors) && errors.some(isOutage)) return true
  return outageCodes.test(code ?? '') || outageMessages.test(message ?? '')
}
