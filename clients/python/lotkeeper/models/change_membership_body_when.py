from typing import Literal, cast

ChangeMembershipBodyWhen = Literal["next_grant", "now"]


def check_change_membership_body_when(value: str) -> ChangeMembershipBodyWhen:
    # A newer server may answer with values that this client does not know.
    return cast(ChangeMembershipBodyWhen, value)
