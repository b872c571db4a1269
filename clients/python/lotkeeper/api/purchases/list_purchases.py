from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_purchases_response_200 import ListPurchasesResponse200
from ...types import UNSET, Unset


def _request(
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    account: str | Unset = UNSET,
    reference: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["account"] = account

    params["reference"] = reference

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/purchases",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListPurchasesResponse200:
    response_200 = ListPurchasesResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    account: str | Unset = UNSET,
    reference: str | Unset = UNSET,
) -> ListPurchasesResponse200:
    """List purchases of an account or with an order number or payment reference, newest first.

    Scope: read.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                limit=limit,
                cursor=cursor,
                account=account,
                reference=reference,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    account: str | Unset = UNSET,
    reference: str | Unset = UNSET,
) -> ListPurchasesResponse200:
    """List purchases of an account or with an order number or payment reference, newest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                limit=limit,
                cursor=cursor,
                account=account,
                reference=reference,
            )
        )
    )
