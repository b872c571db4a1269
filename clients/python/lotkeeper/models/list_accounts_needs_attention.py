from typing import Literal, cast

ListAccountsNeedsAttention = Literal["false", "true"]


def check_list_accounts_needs_attention(value: str) -> ListAccountsNeedsAttention:
    # A newer server may answer with values that this client does not know.
    return cast(ListAccountsNeedsAttention, value)
