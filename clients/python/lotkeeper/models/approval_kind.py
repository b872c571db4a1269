from typing import Literal, cast

ApprovalKind = Literal["audit", "compensation", "refund"]


def check_approval_kind(value: str) -> ApprovalKind:
    # A newer server may answer with values that this client does not know.
    return cast(ApprovalKind, value)
