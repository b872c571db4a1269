from typing import Literal, cast

MembershipSubscriptionChangeState = Literal["pending", "refused"]


def check_membership_subscription_change_state(value: str) -> MembershipSubscriptionChangeState:
    # A newer server may answer with values that this client does not know.
    return cast(MembershipSubscriptionChangeState, value)
