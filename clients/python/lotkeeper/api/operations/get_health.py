from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.health import Health


def _request() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/health",
    }
    return _kwargs


def _parse(response: httpx.Response) -> Health:
    response_200 = Health.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
) -> Health:
    """Get how much work of the product is open or overdue, and the schedules of the installation.

    Scope: support.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(client.send(**_request()))


async def asyncio(
    *,
    client: Lotkeeper,
) -> Health:
    """Get how much work of the product is open or overdue, and the schedules of the installation: `sync` for asyncio."""
    return _parse(await client.send_async(**_request()))
