from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_search_results_response_200 import ListSearchResultsResponse200
from ...types import UNSET, Unset


def _request(
    *,
    q: str,
    limit: int | Unset = 20,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["q"] = q

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/search",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListSearchResultsResponse200:
    response_200 = ListSearchResultsResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    q: str,
    limit: int | Unset = 20,
) -> ListSearchResultsResponse200:
    """Find an account, purchase, membership, generation or payment by what a customer says.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                q=q,
                limit=limit,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    q: str,
    limit: int | Unset = 20,
) -> ListSearchResultsResponse200:
    """Find an account, purchase, membership, generation or payment by what a customer says: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                q=q,
                limit=limit,
            )
        )
    )
