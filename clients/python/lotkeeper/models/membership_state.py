from typing import Literal, cast

MembershipState = Literal["active", "ended", "lapsed", "past_due", "trialing"]


def check_membership_state(value: str) -> MembershipState:
    # A newer server may answer with values that this client does not know.
    return cast(MembershipState, value)
