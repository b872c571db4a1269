from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.get_invoice_language import GetInvoiceLanguage
from ...models.invoice import Invoice
from ...types import UNSET, Unset


def _request(
    account: str,
    invoice: str,
    *,
    language: GetInvoiceLanguage | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_language: str | Unset = UNSET
    if not isinstance(language, Unset):
        json_language = language

    params["language"] = json_language

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/invoices/{invoice}".format(
            account=quote(str(account), safe=""),
            invoice=quote(str(invoice), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> Invoice:
    response_200 = Invoice.from_dict(response.json())

    return response_200


def sync(
    account: str,
    invoice: str,
    *,
    client: Lotkeeper,
    language: GetInvoiceLanguage | Unset = UNSET,
) -> Invoice:
    """Get an invoice, as JSON or as a page to print.

    Scope: read.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        language: Of the page; the account's or else the policy's by default.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                invoice=invoice,
                language=language,
            )
        )
    )


async def asyncio(
    account: str,
    invoice: str,
    *,
    client: Lotkeeper,
    language: GetInvoiceLanguage | Unset = UNSET,
) -> Invoice:
    """Get an invoice, as JSON or as a page to print: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                invoice=invoice,
                language=language,
            )
        )
    )
