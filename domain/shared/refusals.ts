/**
 * Every reason for which Lotkeeper says no, by its stable code (API.md, "Codes of refusal"), with the sentence that
 * heads the answer. What a person should do next goes into the detail, where it is known.
 */
export const refusalTitles = {
  insufficient_credits: 'Not enough credits.',
  membership_required: 'This needs an active membership.',
  trial_exhausted: 'The free trials of this tool are used up.',
  scope_required: 'The API key may not do this.',
  not_found: 'There is no such thing here.',
  code_invalid: 'This is not a redemption code.',
  already_settled: 'The generation is settled already.',
  code_already_redeemed: 'The code has been redeemed.',
  code_replaced: 'The code was replaced by a new one.',
  code_refunded: 'The purchase of this code was refunded.',
  refund_not_offered: 'Refunds are not offered.',
  refund_window_passed: 'The time for a refund has passed.',
  refund_used: 'What has been used is not refunded.',
  account_closed: 'The account is closed.',
  not_configured: 'The policy does not say the amount yet.',
  transfer_not_allowed: 'Credits stay with the account that acquired them.',
  idempotency_in_progress: 'The first request with this Idempotency-Key is still under way.',
  idempotency_key_required: 'This request needs an Idempotency-Key header.',
  idempotency_key_reused: 'The Idempotency-Key belongs to another request.',
  invalid_request: 'The request is not valid.',
  unknown_operation: 'The product has no such operation.',
  price_out_of_range: 'The price is outside the range of this operation.',
  quantity_not_offered: 'This quantity is not offered.',
  daily_limit_reached: 'The daily limit is reached.',
  fair_use_reached: 'The fair-use limit is reached.',
  concurrency_limit_reached: 'Too many generations are under way.',
  too_many_requests: 'Too many requests.',
  unauthorized: 'A valid API key is needed.',
  payload_too_large: 'The request body is too large.',
  temporarily_unavailable: 'Temporarily unavailable; nothing was held.',
  internal_error: 'Something went wrong on our side.',
} as const

export type RefusalCode = keyof typeof refusalTitles

/** A refusal as data: the code and the fields that the code promises. */
export type Refusal = { code: RefusalCode; detail?: string } & Record<string, unknown>

/** Thrown wherever a rule or the book says no. Nothing has been changed when it is thrown. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.detail ?? refusalTitles[refusal.code])
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** @param what the name of what does not exist, such as 'account' */
export function notFound(what: string): Refused {
  return new Refused({ code: 'not_found', detail: `There is no such ${what}.` })
}

/** Refuses a request whose shape or values are wrong; each `path` is dotted, as the caller wrote it. */
export function invalidRequest(path: string, message: string): Refused {
  return invalidRequests([{ path, message }])
}

/** The same for several mistakes at once. */
export function invalidRequests(errors: { path: string; message: string }[]): Refused {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return new Refused({ code: 'invalid_request', detail, errors })
}
