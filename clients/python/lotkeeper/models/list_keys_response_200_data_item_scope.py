from typing import Literal, cast

ListKeysResponse200DataItemScope = Literal["admin", "generate", "manage", "read", "support"]


def check_list_keys_response_200_data_item_scope(value: str) -> ListKeysResponse200DataItemScope:
    # A newer server may answer with values that this client does not know.
    return cast(ListKeysResponse200DataItemScope, value)
