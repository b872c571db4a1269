import datetime
from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_usage_group_by import ListUsageGroupBy
from ...models.list_usage_response_200 import ListUsageResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    group_by: ListUsageGroupBy | Unset = "day",
    from_: datetime.datetime | Unset = UNSET,
    to: datetime.datetime | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_group_by: str | Unset = UNSET
    if not isinstance(group_by, Unset):
        json_group_by = group_by

    params["group_by"] = json_group_by

    json_from_: str | Unset = UNSET
    if not isinstance(from_, Unset):
        json_from_ = from_.isoformat()
    params["from"] = json_from_

    json_to: str | Unset = UNSET
    if not isinstance(to, Unset):
        json_to = to.isoformat()
    params["to"] = json_to

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/usage".format(
            account=quote(str(account), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListUsageResponse200:
    response_200 = ListUsageResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    group_by: ListUsageGroupBy | Unset = "day",
    from_: datetime.datetime | Unset = UNSET,
    to: datetime.datetime | Unset = UNSET,
) -> ListUsageResponse200:
    """Get spent and refunded credits by day, operation or API key.

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
                group_by=group_by,
                from_=from_,
                to=to,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    group_by: ListUsageGroupBy | Unset = "day",
    from_: datetime.datetime | Unset = UNSET,
    to: datetime.datetime | Unset = UNSET,
) -> ListUsageResponse200:
    """Get spent and refunded credits by day, operation or API key: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                group_by=group_by,
                from_=from_,
                to=to,
            )
        )
    )
