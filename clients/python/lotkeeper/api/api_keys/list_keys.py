from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_keys_response_200 import ListKeysResponse200


def _request() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/keys",
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListKeysResponse200:
    response_200 = ListKeysResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
) -> ListKeysResponse200:
    """List valid API keys, without their secrets.

    Scope: admin.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(client.send(**_request()))


async def asyncio(
    *,
    client: Lotkeeper,
) -> ListKeysResponse200:
    """List valid API keys, without their secrets: `sync` for asyncio."""
    return _parse(await client.send_async(**_request()))
