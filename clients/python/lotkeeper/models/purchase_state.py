from typing import Literal, cast

PurchaseState = Literal[
    "awaiting_payment",
    "delayed",
    "disputed",
    "expired",
    "failed",
    "fulfilled",
    "fulfilling",
    "paid",
    "refunded",
    "reissued",
]


def check_purchase_state(value: str) -> PurchaseState:
    # A newer server may answer with values that this client does not know.
    return cast(PurchaseState, value)
