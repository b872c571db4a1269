from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.campaign import Campaign
from ...models.start_campaign_body import StartCampaignBody
from ...types import UNSET, Unset


def _request(
    *,
    body: StartCampaignBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/campaigns",
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Campaign:
    response_201 = Campaign.from_dict(response.json())

    return response_201


def sync(
    *,
    client: Lotkeeper,
    body: StartCampaignBody,
    idempotency_key: str | Unset = UNSET,
) -> Campaign:
    """Start a campaign: grant credits once to each account of an audience.

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
    body: StartCampaignBody,
    idempotency_key: str | Unset = UNSET,
) -> Campaign:
    """Start a campaign: grant credits once to each account of an audience: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
