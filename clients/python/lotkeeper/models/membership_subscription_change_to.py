from typing import Literal, cast

MembershipSubscriptionChangeTo = Literal["cancelled", "cancelled_at_period_end", "continued"]


def check_membership_subscription_change_to(value: str) -> MembershipSubscriptionChangeTo:
    # A newer server may answer with values that this client does not know.
    return cast(MembershipSubscriptionChangeTo, value)
