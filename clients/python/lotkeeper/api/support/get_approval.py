from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.approval import Approval


def _request(
    approval: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/approvals/{approval}".format(
            approval=quote(str(approval), safe=""),
        ),
    }
    return _kwargs


def _parse(response: httpx.Response) -> Approval:
    response_200 = Approval.from_dict(response.json())

    return response_200


def sync(
    approval: str,
    *,
    client: Lotkeeper,
) -> Approval:
    """Get what became of a request for approval.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                approval=approval,
            )
        )
    )


async def asyncio(
    approval: str,
    *,
    client: Lotkeeper,
) -> Approval:
    """Get what became of a request for approval: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                approval=approval,
            )
        )
    )
