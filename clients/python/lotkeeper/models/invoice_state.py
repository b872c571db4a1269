from typing import Literal, cast

InvoiceState = Literal["issued", "open", "paid"]


def check_invoice_state(value: str) -> InvoiceState:
    # A newer server may answer with values that this client does not know.
    return cast(InvoiceState, value)
