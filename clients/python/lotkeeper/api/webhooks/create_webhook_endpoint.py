from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.create_webhook_endpoint_body import CreateWebhookEndpointBody
from ...models.create_webhook_endpoint_response_201 import CreateWebhookEndpointResponse201
from ...types import UNSET, Unset


def _request(
    *,
    body: CreateWebhookEndpointBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/webhook-endpoints",
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> CreateWebhookEndpointResponse201:
    response_201 = CreateWebhookEndpointResponse201.from_dict(response.json())

    return response_201


def sync(
    *,
    client: Lotkeeper,
    body: CreateWebhookEndpointBody,
    idempotency_key: str | Unset = UNSET,
) -> CreateWebhookEndpointResponse201:
    """Create a webhook endpoint; its secret is shown once.

    Scope: admin.

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
    body: CreateWebhookEndpointBody,
    idempotency_key: str | Unset = UNSET,
) -> CreateWebhookEndpointResponse201:
    """Create a webhook endpoint; its secret is shown once: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
