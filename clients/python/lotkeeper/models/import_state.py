from typing import Literal, cast

ImportState = Literal["applied", "applying", "checked", "undoing", "undone"]


def check_import_state(value: str) -> ImportState:
    # A newer server may answer with values that this client does not know.
    return cast(ImportState, value)
