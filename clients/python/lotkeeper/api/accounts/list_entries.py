import datetime
from typing import Any, Literal
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_entries_response_200 import ListEntriesResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    to: datetime.datetime | Unset = UNSET,
    operation: str | Unset = UNSET,
    key: str | Unset = UNSET,
    without_generations: Literal["true"] | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    json_from_: str | Unset = UNSET
    if not isinstance(from_, Unset):
        json_from_ = from_.isoformat()
    params["from"] = json_from_

    json_to: str | Unset = UNSET
    if not isinstance(to, Unset):
        json_to = to.isoformat()
    params["to"] = json_to

    params["operation"] = operation

    params["key"] = key

    params["without_generations"] = without_generations

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/entries".format(
            account=quote(str(account), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListEntriesResponse200:
    response_200 = ListEntriesResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    to: datetime.datetime | Unset = UNSET,
    operation: str | Unset = UNSET,
    key: str | Unset = UNSET,
    without_generations: Literal["true"] | Unset = UNSET,
) -> ListEntriesResponse200:
    """List ledger entries, newest first.

    Scope: read.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        key: Name of an API key.
        without_generations: Only entries that belong to no generation: credits added, expired, and taken or given by support.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                limit=limit,
                cursor=cursor,
                from_=from_,
                to=to,
                operation=operation,
                key=key,
                without_generations=without_generations,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    to: datetime.datetime | Unset = UNSET,
    operation: str | Unset = UNSET,
    key: str | Unset = UNSET,
    without_generations: Literal["true"] | Unset = UNSET,
) -> ListEntriesResponse200:
    """List ledger entries, newest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                limit=limit,
                cursor=cursor,
                from_=from_,
                to=to,
                operation=operation,
                key=key,
                without_generations=without_generations,
            )
        )
    )
