from typing import Literal, cast

PurchaseCodeStatus = Literal["redeemed", "refunded", "replaced", "valid"]


def check_purchase_code_status(value: str) -> PurchaseCodeStatus:
    # A newer server may answer with values that this client does not know.
    return cast(PurchaseCodeStatus, value)
