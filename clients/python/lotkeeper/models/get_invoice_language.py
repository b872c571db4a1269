from typing import Literal, cast

GetInvoiceLanguage = Literal["de", "en", "ko"]


def check_get_invoice_language(value: str) -> GetInvoiceLanguage:
    # A newer server may answer with values that this client does not know.
    return cast(GetInvoiceLanguage, value)
