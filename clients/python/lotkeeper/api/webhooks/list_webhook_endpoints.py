from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_webhook_endpoints_response_200 import ListWebhookEndpointsResponse200


def _request() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/webhook-endpoints",
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListWebhookEndpointsResponse200:
    response_200 = ListWebhookEndpointsResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
) -> ListWebhookEndpointsResponse200:
    """List webhook endpoints, without their secrets.

    Scope: admin.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(client.send(**_request()))


async def asyncio(
    *,
    client: Lotkeeper,
) -> ListWebhookEndpointsResponse200:
    """List webhook endpoints, without their secrets: `sync` for asyncio."""
    return _parse(await client.send_async(**_request()))
