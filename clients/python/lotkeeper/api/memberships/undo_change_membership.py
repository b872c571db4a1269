from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.membership import Membership
from ...models.undo_change_membership_body import UndoChangeMembershipBody
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: UndoChangeMembershipBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/memberships/{id}/undo-change".format(
            id=quote(str(id), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Membership:
    response_200 = Membership.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: UndoChangeMembershipBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Membership:
    """Undo a scheduled change of plan or slots.

    Scope: manage.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
    body: UndoChangeMembershipBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Membership:
    """Undo a scheduled change of plan or slots: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
