from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.pending_refund import PendingRefund
from ...models.purchase import Purchase
from ...models.refund_purchase_body import RefundPurchaseBody
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: RefundPurchaseBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/purchases/{id}/refund".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> PendingRefund | Purchase:
    if response.status_code == 200:
        response_200 = Purchase.from_dict(response.json())

        return response_200

    response_202 = PendingRefund.from_dict(response.json())

    return response_202


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: RefundPurchaseBody,
    idempotency_key: str | Unset = UNSET,
) -> PendingRefund | Purchase:
    """Refund a purchase and revoke its credits, by the policy or by exception.

    Scope: support.

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
    body: RefundPurchaseBody,
    idempotency_key: str | Unset = UNSET,
) -> PendingRefund | Purchase:
    """Refund a purchase and revoke its credits, by the policy or by exception: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
