from typing import Literal, cast

StartMembershipBodyProvider = Literal["manual", "stripe"]


def check_start_membership_body_provider(value: str) -> StartMembershipBodyProvider:
    # A newer server may answer with values that this client does not know.
    return cast(StartMembershipBodyProvider, value)
