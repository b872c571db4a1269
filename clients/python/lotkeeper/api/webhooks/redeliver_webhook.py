from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.webhook_delivery import WebhookDelivery
from ...types import UNSET, Unset


def _request(
    id: str,
    delivery: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver".format(
            id=quote(str(id), safe=""),
            delivery=quote(str(delivery), safe=""),
        ),
    }
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> WebhookDelivery:
    response_200 = WebhookDelivery.from_dict(response.json())

    return response_200


def sync(
    id: str,
    delivery: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> WebhookDelivery:
    """Redeliver an event, with attempts for three more days.

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
                delivery=delivery,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    id: str,
    delivery: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> WebhookDelivery:
    """Redeliver an event, with attempts for three more days: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                delivery=delivery,
                idempotency_key=idempotency_key,
            )
        )
    )
