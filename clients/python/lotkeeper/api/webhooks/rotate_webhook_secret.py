from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.rotate_webhook_secret_response_200 import RotateWebhookSecretResponse200
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
        "url": "/v1/webhook-endpoints/{id}/rotate-secret".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> RotateWebhookSecretResponse200:
    response_200 = RotateWebhookSecretResponse200.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> RotateWebhookSecretResponse200:
    """Rotate the secret of a webhook endpoint; the old one stays valid for a day.

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
) -> RotateWebhookSecretResponse200:
    """Rotate the secret of a webhook endpoint; the old one stays valid for a day: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                idempotency_key=idempotency_key,
            )
        )
    )
