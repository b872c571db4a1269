from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.approval import Approval
from ...models.decline_request_body import DeclineRequestBody
from ...types import UNSET, Unset


def _request(
    approval: str,
    *,
    body: DeclineRequestBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/approvals/{approval}/decline".format(
            approval=quote(str(approval), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Approval:
    response_200 = Approval.from_dict(response.json())

    return response_200


def sync(
    approval: str,
    *,
    client: Lotkeeper,
    body: DeclineRequestBody,
    idempotency_key: str | Unset = UNSET,
) -> Approval:
    """Decline a request, another key's or your own; nothing of it is carried out.

    Scope: admin.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                approval=approval,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    approval: str,
    *,
    client: Lotkeeper,
    body: DeclineRequestBody,
    idempotency_key: str | Unset = UNSET,
) -> Approval:
    """Decline a request, another key's or your own; nothing of it is carried out: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                approval=approval,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
