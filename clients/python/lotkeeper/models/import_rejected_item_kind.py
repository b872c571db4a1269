from typing import Literal, cast

ImportRejectedItemKind = Literal["accounts", "codes", "lots", "memberships"]


def check_import_rejected_item_kind(value: str) -> ImportRejectedItemKind:
    # A newer server may answer with values that this client does not know.
    return cast(ImportRejectedItemKind, value)
