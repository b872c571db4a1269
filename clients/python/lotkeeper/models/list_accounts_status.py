from typing import Literal, cast

ListAccountsStatus = Literal["closed", "open"]


def check_list_accounts_status(value: str) -> ListAccountsStatus:
    # A newer server may answer with values that this client does not know.
    return cast(ListAccountsStatus, value)
