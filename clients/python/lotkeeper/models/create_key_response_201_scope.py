from typing import Literal, cast

CreateKeyResponse201Scope = Literal["admin", "generate", "manage", "read", "support"]


def check_create_key_response_201_scope(value: str) -> CreateKeyResponse201Scope:
    # A newer server may answer with values that this client does not know.
    return cast(CreateKeyResponse201Scope, value)
