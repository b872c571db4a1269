from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.combine_memberships_body import CombineMembershipsBody
from ...models.membership import Membership
from ...types import UNSET, Unset


def _request(
    *,
    body: CombineMembershipsBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/memberships/combine",
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Membership:
    response_200 = Membership.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    body: CombineMembershipsBody,
    idempotency_key: str | Unset = UNSET,
) -> Membership:
    """Combine memberships.

    Scope: support.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    body: CombineMembershipsBody,
    idempotency_key: str | Unset = UNSET,
) -> Membership:
    """Combine memberships: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
