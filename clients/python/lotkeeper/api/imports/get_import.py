from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.import_ import Import


def _request(
    id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/imports/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }
    return _kwargs


def _parse(response: httpx.Response) -> Import:
    response_200 = Import.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
) -> Import:
    """Get an import.

    Scope: admin.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
) -> Import:
    """Get an import: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
            )
        )
    )
