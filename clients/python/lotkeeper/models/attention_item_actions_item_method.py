from typing import Literal, cast

AttentionItemActionsItemMethod = Literal["POST", "PUT"]


def check_attention_item_actions_item_method(value: str) -> AttentionItemActionsItemMethod:
    # A newer server may answer with values that this client does not know.
    return cast(AttentionItemActionsItemMethod, value)
