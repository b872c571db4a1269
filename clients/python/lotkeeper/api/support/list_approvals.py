from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_approvals_response_200 import ListApprovalsResponse200
from ...types import UNSET, Unset


def _request(
    *,
    limit: int | Unset = 25,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/approvals",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListApprovalsResponse200:
    response_200 = ListApprovalsResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
) -> ListApprovalsResponse200:
    """List pending approvals, oldest first.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                limit=limit,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
) -> ListApprovalsResponse200:
    """List pending approvals, oldest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                limit=limit,
            )
        )
    )
