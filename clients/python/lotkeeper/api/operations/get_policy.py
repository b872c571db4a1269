from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.get_policy_response_200 import GetPolicyResponse200


def _request() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/policy",
    }
    return _kwargs


def _parse(response: httpx.Response) -> GetPolicyResponse200:
    response_200 = GetPolicyResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
) -> GetPolicyResponse200:
    """Get the product's policy in plain words, and the version that is announced.

    Scope: support.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(client.send(**_request()))


async def asyncio(
    *,
    client: Lotkeeper,
) -> GetPolicyResponse200:
    """Get the product's policy in plain words, and the version that is announced: `sync` for asyncio."""
    return _parse(await client.send_async(**_request()))
