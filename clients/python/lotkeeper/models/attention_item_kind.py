from typing import Literal, cast

AttentionItemKind = Literal[
    "audit_approval",
    "charged_after_end",
    "closure_waiting",
    "compensation_approval",
    "credits_late",
    "email_undeliverable",
    "emails_given_up",
    "invoice_given_up",
    "manual_correction",
    "manual_refund",
    "membership_refund",
    "paid_after_closing",
    "provider_refused",
    "provider_unavailable",
    "refund_approval",
    "refund_failed",
    "settlement_conflict",
    "still_billing",
    "stopped_manually",
    "subscription_change",
    "transition_refused",
    "trial_after_payment",
    "unassigned_payment",
    "unassigned_subscription",
    "unknown_plan",
    "webhooks_failing",
    "wrong_payment",
]


def check_attention_item_kind(value: str) -> AttentionItemKind:
    # A newer server may answer with values that this client does not know.
    return cast(AttentionItemKind, value)
