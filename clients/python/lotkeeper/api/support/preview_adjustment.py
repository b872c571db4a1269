from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.preview_adjustment_body import PreviewAdjustmentBody
from ...models.preview_adjustment_response_200 import PreviewAdjustmentResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    body: PreviewAdjustmentBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/accounts/{account}/adjustments/preview".format(
            account=quote(str(account), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> PreviewAdjustmentResponse200:
    response_200 = PreviewAdjustmentResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    body: PreviewAdjustmentBody,
    idempotency_key: str | Unset = UNSET,
) -> PreviewAdjustmentResponse200:
    """Preview: adjust a balance by hand.

    Scope: support.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    body: PreviewAdjustmentBody,
    idempotency_key: str | Unset = UNSET,
) -> PreviewAdjustmentResponse200:
    """Preview: adjust a balance by hand: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
