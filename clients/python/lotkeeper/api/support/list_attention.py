from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_attention_kind import ListAttentionKind
from ...models.list_attention_response_200 import ListAttentionResponse200
from ...types import UNSET, Unset


def _request(
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    kind: ListAttentionKind | Unset = UNSET,
    account: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    json_kind: str | Unset = UNSET
    if not isinstance(kind, Unset):
        json_kind = kind

    params["kind"] = json_kind

    params["account"] = account

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/attention",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListAttentionResponse200:
    response_200 = ListAttentionResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    kind: ListAttentionKind | Unset = UNSET,
    account: str | Unset = UNSET,
) -> ListAttentionResponse200:
    """List what needs a person, earliest due time first.

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
                kind=kind,
                account=account,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    kind: ListAttentionKind | Unset = UNSET,
    account: str | Unset = UNSET,
) -> ListAttentionResponse200:
    """List what needs a person, earliest due time first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                limit=limit,
                cursor=cursor,
                kind=kind,
                account=account,
            )
        )
    )
