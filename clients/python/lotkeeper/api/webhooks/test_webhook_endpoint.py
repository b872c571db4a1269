from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.webhook_delivery import WebhookDelivery
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/webhook-endpoints/{id}/test".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> WebhookDelivery:
    response_201 = WebhookDelivery.from_dict(response.json())

    return response_201


def sync(
    id: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> WebhookDelivery:
    """Send a test event to a webhook endpoint.

    Scope: admin.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> WebhookDelivery:
    """Send a test event to a webhook endpoint: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                idempotency_key=idempotency_key,
            )
        )
    )
