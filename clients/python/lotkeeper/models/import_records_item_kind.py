from typing import Literal, cast

ImportRecordsItemKind = Literal["accounts", "codes", "lots", "memberships"]


def check_import_records_item_kind(value: str) -> ImportRecordsItemKind:
    # A newer server may answer with values that this client does not know.
    return cast(ImportRecordsItemKind, value)
