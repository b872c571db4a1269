import type { RefusalCode } from '../../../domain/shared/refusals.ts'

/** For each error code: its meaning, its fields, and what the caller should do. */
export type Advice = { means: string; fields?: string; next: string }

const limitFields = 'limit, used, resets_at'

export const advice: Record<RefusalCode, Advice> = {
  insufficient_credits: {
    means: 'The request costs more than the available credits. Nothing was held.',
    fields:
      'required, available and frozen, in credits; packs that the account may buy, and next_grant {at, amount} or null',
    next: 'Offer a purchase, or show when the next credits arrive. Then repeat the request with the same Idempotency-Key.',
  },
  membership_required: {
    means: 'Only members may do this, and the account has no active membership.',
    fields: 'lapsed_at after a lapse; plans, if only some plans include the operation',
    next: 'Offer a membership, or the reactivation of the old one: frozen credits become available again.',
  },
  plan_required: {
    means: 'The policy keeps the operation for other plans than those of the account.',
    fields: 'plans: the ids of the plans that include it',
    next: 'Offer a change to one of these plans.',
  },
  trial_exhausted: {
    means: 'The free trials of this operation are used up, and the account is not a member.',
    fields: 'limit and used, where known',
    next: 'Offer a membership.',
  },
  trial_used: {
    means: 'The plan offers one trial for each account, and the account has had it with this or another membership.',
    next: 'Start the membership without a trial.',
  },
  scope_required: {
    means: 'The API key is valid, but its scope does not include this call.',
    fields: 'required: the scope that is needed',
    next: 'Use a key with that scope. The scopes are read, generate, manage, support and admin; each includes those before it.',
  },
  not_found: {
    means: 'The resource does not exist, or belongs to another product.',
    next: 'Check the URL, and that the key belongs to the right product.',
  },
  code_invalid: {
    means: 'No redemption code matches this text.',
    next: 'Ask for the code again. Case, spaces and hyphens are ignored. Repeated wrong codes are rate-limited.',
  },
  already_settled: {
    means: 'The generation was completed, failed, cancelled or timed out before, in another way than requested now.',
    next: 'Get the generation: its state says how it ended. The first settlement is final.',
  },
  code_already_redeemed: {
    means: 'The code is correct, but it works once and was redeemed before.',
    next: 'Check whether the credits went to another account of the same person.',
  },
  code_replaced: { means: 'A newer code has replaced this one.', next: 'Use the newer code.' },
  code_refunded: {
    means: 'The purchase of this code was refunded, so the code is no longer valid.',
    next: 'Nothing; the money was returned.',
  },
  refund_not_offered: {
    means: 'The policy of this purchase offers no refunds.',
    next: 'If something went wrong, support can grant a compensation instead.',
  },
  refund_window_passed: {
    means: "The policy's refund window has passed.",
    next: 'See refund_until of the purchase.',
  },
  approval_decided: {
    means: 'Another person has approved or declined the request already.',
    fields: 'state',
    next: 'Read GET /v1/approvals/{approval}. A declined request can be made anew.',
  },
  payment_settled: {
    means: 'The payment was assigned to a purchase, dismissed or refunded.',
    fields: 'outcome, and purchase if it was assigned',
    next: 'Look at that purchase.',
  },
  refund_used: {
    means: 'Credits of this purchase were used, and used credits are not refunded.',
    next: "See the purchase's lots for what is left.",
  },
  account_closed: {
    means: 'The account is closed and its credits have expired.',
    next: 'Nothing; a closed account cannot be reopened.',
  },
  not_configured: {
    means: 'The policy or the installation lacks a setting that this call needs.',
    next: 'Set what the detail names, then repeat the request.',
  },
  transfer_not_allowed: {
    means: 'This product allows no transfer of credits to another account, and no gifts.',
    next: 'Buy for the account itself.',
  },
  idempotency_in_progress: {
    means: 'The first request with this Idempotency-Key is still in progress.',
    next: 'Wait a moment and repeat the request; it returns the original response.',
  },
  idempotency_key_required: {
    means: 'This call moves credits or money, so repeating it must be safe.',
    next: 'Send an Idempotency-Key that you generate, and the same key whenever you repeat the request.',
  },
  idempotency_key_reused: {
    means: 'The key was used with another request before.',
    next: 'Use a new key for a new request. Repeat a request without changing it.',
  },
  invalid_request: {
    means: 'The request is malformed or contradictory. Nothing was changed.',
    fields: 'errors: a list of {path, message}',
    next: 'Correct the fields listed in errors.',
  },
  unknown_operation: {
    means: "The product's policy has no operation of this name.",
    next: 'GET /v1/operations lists them.',
  },
  price_out_of_range: {
    means: "The price is outside the policy's range for this operation.",
    fields: 'minimum, and maximum or null',
    next: 'Send a price within the range.',
  },
  quantity_not_offered: {
    means: 'This pack is not sold in this quantity.',
    next: 'GET /v1/packs lists the quantities.',
  },
  daily_limit_reached: {
    means: "The request would exceed the account's daily limit.",
    fields: `${limitFields}, required: its cost, waiting_helps: false if it costs more than any day allows`,
    next: 'Where waiting_helps, wait until resets_at; otherwise request fewer outputs. Larger plans and support raise the limit.',
  },
  fair_use_reached: {
    means: "The unlimited plan's fair-use limit for this period is reached.",
    fields: limitFields,
    next: 'Wait until resets_at.',
  },
  concurrency_limit_reached: {
    means: 'The account has as many generations in progress as it may.',
    next: 'Repeat the request when one of them has ended.',
  },
  too_many_requests: {
    means: 'The rate limit is exceeded.',
    fields: 'retry_after, in seconds, where known',
    next: 'Wait as long as Retry-After says.',
  },
  unauthorized: {
    means: 'The request has no API key, or an invalid one.',
    next: 'Send "Authorization: Bearer <key>".',
  },
  payload_too_large: { means: 'The body is larger than 256 kB.', next: 'Send less per request.' },
  provider_refused: {
    means: 'The payment provider refused a request of ours, such as for a wrong key or a missing permission.',
    next: "Ask the operator, whose log has the provider's message. Repeat the request once that is corrected.",
  },
  temporarily_unavailable: {
    means:
      'PostgreSQL or Temporal is unavailable. A refused reservation holds nothing; any other request may have taken effect.',
    next: 'After Retry-After, repeat the same request with the same Idempotency-Key. It takes effect once.',
  },
  internal_error: {
    means: 'An unexpected error. The log has it under the request_id.',
    next: 'Repeat the same request with the same Idempotency-Key. If the error persists, report the request_id.',
  },
}
