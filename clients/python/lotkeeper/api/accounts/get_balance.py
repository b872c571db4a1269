import datetime
from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.balance import Balance
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    at: datetime.datetime | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_at: str | Unset = UNSET
    if not isinstance(at, Unset):
        json_at = at.isoformat()
    params["at"] = json_at

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/balance".format(
            account=quote(str(account), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> Balance:
    response_200 = Balance.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    at: datetime.datetime | Unset = UNSET,
) -> Balance:
    """Get the balance, now or at a past time.

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
                at=at,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    at: datetime.datetime | Unset = UNSET,
) -> Balance:
    """Get the balance, now or at a past time: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                at=at,
            )
        )
    )
