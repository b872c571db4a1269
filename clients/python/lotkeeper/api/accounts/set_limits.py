from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.limits import Limits
from ...models.set_limits_body import SetLimitsBody
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    body: SetLimitsBody | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PUT",
        "url": "/v1/accounts/{account}/limits".format(
            account=quote(str(account), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Limits:
    response_200 = Limits.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    body: SetLimitsBody | Unset = UNSET,
) -> Limits:
    """Override the policy's limits and terms for an account.

    Scope: support.

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
    body: SetLimitsBody | Unset = UNSET,
) -> Limits:
    """Override the policy's limits and terms for an account: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                body=body,
            )
        )
    )
