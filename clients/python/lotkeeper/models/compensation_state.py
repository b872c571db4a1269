from typing import Literal, cast

CompensationState = Literal["awaiting_approval", "given"]


def check_compensation_state(value: str) -> CompensationState:
    # A newer server may answer with values that this client does not know.
    return cast(CompensationState, value)
