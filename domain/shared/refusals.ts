/** The title of every error code (API.md). Details say what to do next. */
export const refusalTitles = {
  insufficient_credits: 'Not enough credits.',
  membership_required: 'An active membership is required.',
  plan_required: 'Another plan is required.',
  trial_exhausted: 'The free trials of this tool are used up.',
  trial_used: 'The account has had its trial.',
  scope_required: "The API key's scope does not allow this.",
  not_found: 'Not found.',
  code_invalid: 'Invalid redemption code.',
  already_settled: 'The generation is already settled.',
  code_already_redeemed: 'The code has already been redeemed.',
  code_replaced: 'The code was replaced by a new one.',
  code_refunded: 'The purchase of this code was refunded.',
  refund_not_offered: 'Refunds are not offered.',
  refund_window_passed: 'The refund window has passed.',
  approval_decided: 'The request was approved or declined already.',
  payment_settled: 'The payment was assigned, dismissed or refunded.',
  refund_used: 'Used credits are not refunded.',
  account_closed: 'The account is closed.',
  not_configured: 'A required setting is missing.',
  transfer_not_allowed: 'Credits cannot be transferred.',
  idempotency_in_progress: 'The first request with this Idempotency-Key is still in progress.',
  idempotency_key_required: 'An Idempotency-Key header is required.',
  idempotency_key_reused: 'The Idempotency-Key was used for another request.',
  invalid_request: 'The request is invalid.',
  unknown_operation: 'The product has no such operation.',
  price_out_of_range: 'The price is outside the range of this operation.',
  quantity_not_offered: 'This quantity is not offered.',
  daily_limit_reached: 'The daily limit is reached.',
  fair_use_reached: 'The fair-use limit is reached.',
  concurrency_limit_reached: 'Too many generations are in progress.',
  too_many_requests: 'Too many requests.',
  unauthorized: 'A valid API key is required.',
  payload_too_large: 'The request body is too large.',
  provider_refused: 'The payment provider refused the request.',
  temporarily_unavailable: 'Temporarily unavailable.',
  internal_error: 'Internal error.',
} as const

export type RefusalCode = keyof typeof refusalTitles

/** A refusal as data: the code and the fields that the code promises. */
export type Refusal = { code: RefusalCode; detail?: string } & Record<string, unknown>

/** Thrown when a rule or the ledger refuses a request. Nothing has changed then. */
export class Refused extends Error {
  readonly refusal: Refusal
  /** @param message for operators; callers get the refusal only */
  constructor(refusal: Refusal, message = refusal.detail ?? refusalTitles[refusal.code]) {
    super(message)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** @param what the kind of thing that does not exist, such as 'account' */
export function notFound(what: string): Refused {
  return new Refused({ code: 'not_found', detail: `There is no such ${what}.` })
}

/** A definite refusal by a payment provider, which a repetition would not change. @param message the provider's, for operators */
export function providerRefused(detail: string, message = detail): Refused {
  return new Refused({ code: 'provider_refused', detail }, message)
}

/** Whether an error may be temporary. */
export function isTemporary(error: unknown): boolean {
  return error instanceof Refused && error.refusal.code === 'temporarily_unavailable'
}

/** A refusal for an invalid field. @param path dotted, as in the request */
export function invalidRequest(path: string, message: string): Refused {
  return invalidRequests([{ path, message }])
}

/** The same for several fields. */
export function invalidRequests(errors: { path: string; message: string }[]): Refused {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return new Refused({ code: 'invalid_request', detail, errors })
}
