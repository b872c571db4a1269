from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_invoices_response_200 import ListInvoicesResponse200


def _request(
    account: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/invoices".format(
            account=quote(str(account), safe=""),
        ),
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListInvoicesResponse200:
    response_200 = ListInvoicesResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
) -> ListInvoicesResponse200:
    """List statements, invoices and credit notes, newest first; what is due is issued.

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
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
) -> ListInvoicesResponse200:
    """List statements, invoices and credit notes, newest first; what is due is issued: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
            )
        )
    )
