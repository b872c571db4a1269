from typing import Literal, cast

CreateKeyBodyScope = Literal["admin", "generate", "manage", "read", "support"]


def check_create_key_body_scope(value: str) -> CreateKeyBodyScope:
    # A newer server may answer with values that this client does not know.
    return cast(CreateKeyBodyScope, value)
