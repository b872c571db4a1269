import type { RefusalCode } from '../../domain/shared/refusals.ts'

/** For each refusal: what it means beyond its title, what comes with it, and what to do. */
export type Advice = { means: string; fields?: string; next: string }

export const advice: Record<RefusalCode, Advice> = {
  insufficient_credits: {
    means: 'The account has fewer credits that can be spent than this costs. Nothing was held.',
    fields: 'required, available and frozen, in credits',
    next: 'Offer a purchase, or say when the next credits come. The same Idempotency-Key may be sent again afterwards.',
  },
  membership_required: {
    means: 'Only members may do this, and the account has no membership in force.',
    next: 'Offer a membership, or the reactivation of the old one: frozen credits come back whole.',
  },
  trial_exhausted: {
    means: 'The free trials of this tool are used up, and the account is not a member.',
    fields: 'limit and used, where they are known',
    next: 'Offer a membership.',
  },
  scope_required: {
    means: 'The API key is in force, but its scope does not cover this call.',
    fields: 'required: the scope that is needed',
    next: 'Use a key of that scope. Scopes go read, generate, manage, support, admin; each includes those before it.',
  },
  not_found: {
    means: 'There is nothing under this address. What belongs to another product counts as not there.',
    next: 'Check the address, and whether the key belongs to the right product.',
  },
  code_invalid: {
    means: 'No code reads like this one.',
    next: 'Ask for the code again. Case, spaces and hyphens do not matter; whoever guesses too often has to wait.',
  },
  already_settled: {
    means:
      'The generation was completed, failed, cancelled or timed out before, in another way than this call says.',
    next: 'Ask for the generation: its state says how it ended. The first settlement stays.',
  },
  code_already_redeemed: {
    means: 'The code was right, but it works once, and it has.',
    next: 'Look whether the credits are in another account of the same person.',
  },
  code_replaced: { means: 'A newer code took the place of this one.', next: 'Use the newer one.' },
  code_refunded: {
    means: 'The purchase that this code came from was refunded, which ended the code.',
    next: 'Nothing: the money went back.',
  },
  refund_not_offered: {
    means: 'The policy under which this was bought gives no refunds.',
    next: 'Support may compensate instead where something went wrong.',
  },
  refund_window_passed: {
    means: 'The time within which the policy refunds is over.',
    next: 'The purchase says until when it was possible: refund_until.',
  },
  refund_used: {
    means: 'What was bought has been used, and used credits are not refunded.',
    next: 'Look at the lots of the purchase for what is left.',
  },
  account_closed: {
    means: 'The account was closed; its credits have expired.',
    next: 'Nothing moves any more.',
  },
  not_configured: {
    means: 'The policy, or this installation, leaves open what this call needs.',
    next: 'The detail names it. Set it, and send the same request again.',
  },
  transfer_not_allowed: {
    means: 'This product lets no credits pass from one account to another, nor be given as a gift.',
    next: 'Buy for the account itself.',
  },
  idempotency_in_progress: {
    means: 'The first request with this Idempotency-Key has not been answered yet.',
    next: 'Wait a moment and send the same again: it gets the first answer.',
  },
  idempotency_key_required: {
    means: 'This call moves credits or money, so it must be safe to repeat.',
    next: 'Send an Idempotency-Key of your own making, the same one when the request is repeated.',
  },
  idempotency_key_reused: {
    means: 'The key was used with another body before.',
    next: 'Use a new key for a new request; repeat a request without changing it.',
  },
  invalid_request: {
    means: 'The request cannot be understood or makes no sense. Nothing was changed.',
    fields: 'errors: a list of {path, message}',
    next: 'Mend what the errors name.',
  },
  unknown_operation: {
    means: 'The policy of this product has no operation of that name.',
    next: 'GET /v1/operations lists them.',
  },
  price_out_of_range: {
    means: 'The policy gives a range for this operation, and the price lies outside of it.',
    fields: 'minimum, and maximum or null',
    next: 'State a price within the range.',
  },
  quantity_not_offered: {
    means: 'This pack is sold in other quantities.',
    next: 'GET /v1/packs says which.',
  },
  daily_limit_reached: {
    means: 'The account may spend only so much a day, and this would be more.',
    fields: 'limit, used, resets_at',
    next: 'Wait until resets_at, or let support raise the limit.',
  },
  fair_use_reached: {
    means: 'The plan is unlimited within fair use, and the cap of this period is reached.',
    fields: 'limit, used, resets_at',
    next: 'Wait until resets_at.',
  },
  concurrency_limit_reached: {
    means: 'As many generations of this account are under way as may be at once.',
    next: 'Wait until one ends, and send the same again.',
  },
  too_many_requests: {
    means: 'Requests come faster than they are taken.',
    fields: 'retry_after, in seconds, where it is known',
    next: 'Wait as long as Retry-After says.',
  },
  unauthorized: {
    means: 'No key was sent, or one that is not in force.',
    next: 'Send "Authorization: Bearer <key>".',
  },
  payload_too_large: { means: 'The body is larger than 256 kB.', next: 'Send less at once.' },
  temporarily_unavailable: {
    means: 'PostgreSQL or Temporal cannot be reached. Nothing was held or taken.',
    next: 'Send the same request with the same Idempotency-Key again, after Retry-After.',
  },
  internal_error: {
    means: 'Something went wrong that nobody foresaw. The log has it under the request_id.',
    next: 'Send the same request with the same Idempotency-Key again; report the request_id if it stays.',
  },
}
