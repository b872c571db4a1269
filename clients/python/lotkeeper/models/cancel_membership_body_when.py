from typing import Literal, cast

CancelMembershipBodyWhen = Literal["now", "period_end"]


def check_cancel_membership_body_when(value: str) -> CancelMembershipBodyWhen:
    # A newer server may answer with values that this client does not know.
    return cast(CancelMembershipBodyWhen, value)
