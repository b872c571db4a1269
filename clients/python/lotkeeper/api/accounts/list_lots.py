from typing import Any, Literal
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_lots_response_200 import ListLotsResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    open_: Literal["true"] | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["open"] = open_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/lots".format(
            account=quote(str(account), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListLotsResponse200:
    response_200 = ListLotsResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    open_: Literal["true"] | Unset = UNSET,
) -> ListLotsResponse200:
    """List lots in spending order.

    Scope: read.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        open_: Only lots with available or held credits.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                limit=limit,
                cursor=cursor,
                open_=open_,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    open_: Literal["true"] | Unset = UNSET,
) -> ListLotsResponse200:
    """List lots in spending order: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                limit=limit,
                cursor=cursor,
                open_=open_,
            )
        )
    )
