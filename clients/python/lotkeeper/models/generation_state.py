from typing import Literal, cast

GenerationState = Literal[
    "cancelled", "committed", "partially_refunded", "refunded", "refused", "reserved", "timed_out"
]


def check_generation_state(value: str) -> GenerationState:
    # A newer server may answer with values that this client does not know.
    return cast(GenerationState, value)
