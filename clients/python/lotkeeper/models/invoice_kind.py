from typing import Literal, cast

InvoiceKind = Literal["credit_note", "invoice", "statement"]


def check_invoice_kind(value: str) -> InvoiceKind:
    # A newer server may answer with values that this client does not know.
    return cast(InvoiceKind, value)
