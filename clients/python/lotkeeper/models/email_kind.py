from typing import Literal, cast

EmailKind = Literal[
    "audit_done",
    "compensation",
    "credits_expiring",
    "credits_late",
    "membership_past_due",
    "policy_announced",
    "receipt",
    "transfer_expired",
]


def check_email_kind(value: str) -> EmailKind:
    # A newer server may answer with values that this client does not know.
    return cast(EmailKind, value)
