from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.purchase import Purchase
from ...models.report_missing_credits_body import ReportMissingCreditsBody
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: ReportMissingCreditsBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/purchases/{id}/missing".format(
            id=quote(str(id), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Purchase:
    response_200 = Purchase.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: ReportMissingCreditsBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Purchase:
    """Report missing credits.

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
    body: ReportMissingCreditsBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Purchase:
    """Report missing credits: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
