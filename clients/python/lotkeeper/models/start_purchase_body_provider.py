from typing import Literal, cast

StartPurchaseBodyProvider = Literal["bank_transfer", "gumroad", "invoice", "manual", "stripe"]


def check_start_purchase_body_provider(value: str) -> StartPurchaseBodyProvider:
    # A newer server may answer with values that this client does not know.
    return cast(StartPurchaseBodyProvider, value)
