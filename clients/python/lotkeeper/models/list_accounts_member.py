from typing import Literal, cast

ListAccountsMember = Literal["false", "true"]


def check_list_accounts_member(value: str) -> ListAccountsMember:
    # A newer server may answer with values that this client does not know.
    return cast(ListAccountsMember, value)
