from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_webhook_deliveries_response_200 import ListWebhookDeliveriesResponse200
from ...models.list_webhook_deliveries_state import ListWebhookDeliveriesState
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    state: ListWebhookDeliveriesState | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    json_state: str | Unset = UNSET
    if not isinstance(state, Unset):
        json_state = state

    params["state"] = json_state

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/webhook-endpoints/{id}/deliveries".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListWebhookDeliveriesResponse200:
    response_200 = ListWebhookDeliveriesResponse200.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    state: ListWebhookDeliveriesState | Unset = UNSET,
) -> ListWebhookDeliveriesResponse200:
    """List the deliveries of the last thirty days, newest first.

    Scope: admin.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
                limit=limit,
                cursor=cursor,
                state=state,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    state: ListWebhookDeliveriesState | Unset = UNSET,
) -> ListWebhookDeliveriesResponse200:
    """List the deliveries of the last thirty days, newest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                limit=limit,
                cursor=cursor,
                state=state,
            )
        )
    )
