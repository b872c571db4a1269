from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_unassigned_payments_response_200 import ListUnassignedPaymentsResponse200
from ...types import UNSET, Unset


def _request(
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
        "url": "/v1/unassigned-payments",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListUnassignedPaymentsResponse200:
    response_200 = ListUnassignedPaymentsResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
) -> ListUnassignedPaymentsResponse200:
    """List payments that fit no purchase, oldest first.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                limit=limit,
                cursor=cursor,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
) -> ListUnassignedPaymentsResponse200:
    """List payments that fit no purchase, oldest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                limit=limit,
                cursor=cursor,
            )
        )
    )
