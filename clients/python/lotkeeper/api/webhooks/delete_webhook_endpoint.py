from typing import Any
from urllib.parse import quote

from ...client import Lotkeeper


def _request(
    id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/v1/webhook-endpoints/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }
    return _kwargs


def sync(
    id: str,
    *,
    client: Lotkeeper,
) -> None:
    """Delete a webhook endpoint and its deliveries.

    Scope: admin.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    client.send(
        **_request(
            id=id,
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
) -> None:
    """Delete a webhook endpoint and its deliveries: `sync` for asyncio."""
    await client.send_async(
        **_request(
            id=id,
        )
    )
