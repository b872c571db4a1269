from typing import Literal, cast

InvoiceLinesItemKind = Literal["purchase", "refund", "subscription"]


def check_invoice_lines_item_kind(value: str) -> InvoiceLinesItemKind:
    # A newer server may answer with values that this client does not know.
    return cast(InvoiceLinesItemKind, value)
