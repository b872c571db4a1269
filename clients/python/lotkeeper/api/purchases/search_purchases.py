from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.search_purchases_body import SearchPurchasesBody
from ...models.search_purchases_response_200 import SearchPurchasesResponse200
from ...types import UNSET, Unset


def _request(
    *,
    body: SearchPurchasesBody,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/purchases/search",
        "params": params,
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> SearchPurchasesResponse200:
    response_200 = SearchPurchasesResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    body: SearchPurchasesBody,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> SearchPurchasesResponse200:
    """Find purchases by order number, payment reference, e-mail address or code.

    Scope: support.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                body=body,
                limit=limit,
                cursor=cursor,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    body: SearchPurchasesBody,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> SearchPurchasesResponse200:
    """Find purchases by order number, payment reference, e-mail address or code: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                limit=limit,
                cursor=cursor,
                idempotency_key=idempotency_key,
            )
        )
    )
