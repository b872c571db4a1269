from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.close_account_response_200 import CloseAccountResponse200


def _request(
    account: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/v1/accounts/{account}".format(
            account=quote(str(account), safe=""),
        ),
    }
    return _kwargs


def _parse(response: httpx.Response) -> CloseAccountResponse200:
    response_200 = CloseAccountResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
) -> CloseAccountResponse200:
    """Close an account for ever; export its entries first.

    Scope: manage.

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
) -> CloseAccountResponse200:
    """Close an account for ever; export its entries first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
            )
        )
    )
