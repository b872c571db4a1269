from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.invoice import Invoice


def _request(
    account: str,
    invoice: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/invoices/{invoice}".format(
            account=quote(str(account), safe=""),
            invoice=quote(str(invoice), safe=""),
        ),
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
) -> Invoice:
    """Get an invoice, as JSON or as a page to print.

    Scope: read.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                invoice=invoice,
            )
        )
    )


async def asyncio(
    account: str,
    invoice: str,
    *,
    client: Lotkeeper,
) -> Invoice:
    """Get an invoice, as JSON or as a page to print: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                invoice=invoice,
            )
        )
    )
