from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_defects_response_200 import ListDefectsResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/defects".format(
            account=quote(str(account), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListDefectsResponse200:
    response_200 = ListDefectsResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
) -> ListDefectsResponse200:
    """List the reports of defective results, newest first.

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
                limit=limit,
                cursor=cursor,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
) -> ListDefectsResponse200:
    """List the reports of defective results, newest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                limit=limit,
                cursor=cursor,
            )
        )
    )
