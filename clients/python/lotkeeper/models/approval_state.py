from typing import Literal, cast

ApprovalState = Literal["approved", "declined", "pending"]


def check_approval_state(value: str) -> ApprovalState:
    # A newer server may answer with values that this client does not know.
    return cast(ApprovalState, value)
