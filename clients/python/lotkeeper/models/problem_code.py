from typing import Literal, cast

ProblemCode = Literal[
    "account_closed",
    "already_settled",
    "approval_decided",
    "code_already_redeemed",
    "code_invalid",
    "code_refunded",
    "code_replaced",
    "concurrency_limit_reached",
    "daily_limit_reached",
    "fair_use_reached",
    "idempotency_in_progress",
    "idempotency_key_required",
    "idempotency_key_reused",
    "insufficient_credits",
    "internal_error",
    "invalid_request",
    "membership_required",
    "not_configured",
    "not_found",
    "payload_too_large",
    "payment_settled",
    "plan_required",
    "price_out_of_range",
    "provider_refused",
    "quantity_not_offered",
    "refund_not_offered",
    "refund_used",
    "refund_window_passed",
    "scope_required",
    "temporarily_unavailable",
    "too_many_requests",
    "transfer_not_allowed",
    "trial_exhausted",
    "trial_used",
    "unauthorized",
    "unknown_operation",
]


def check_problem_code(value: str) -> ProblemCode:
    # A newer server may answer with values that this client does not know.
    return cast(ProblemCode, value)
