from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.account import Account
from ...models.put_account_body import PutAccountBody
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    body: PutAccountBody | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PUT",
        "url": "/v1/accounts/{account}".format(
            account=quote(str(account), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Account:
    if response.status_code == 200:
        response_200 = Account.from_dict(response.json())

        return response_200

    response_201 = Account.from_dict(response.json())

    return response_201


def sync(
    account: str,
    *,
    client: Lotkeeper,
    body: PutAccountBody | Unset = UNSET,
) -> Account:
    """Create or update an account.

    Scope: manage.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                body=body,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    body: PutAccountBody | Unset = UNSET,
) -> Account:
    """Create or update an account: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                body=body,
            )
        )
    )
