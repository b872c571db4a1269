from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_packs_response_200 import ListPacksResponse200
from ...types import UNSET


def _request(
    *,
    account: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["account"] = account

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/packs",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListPacksResponse200:
    response_200 = ListPacksResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    account: str,
) -> ListPacksResponse200:
    """List the packs that an account may buy.

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
    *,
    client: Lotkeeper,
    account: str,
) -> ListPacksResponse200:
    """List the packs that an account may buy: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
            )
        )
    )
