from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.assign_payment_body import AssignPaymentBody
from ...models.purchase import Purchase
from ...types import UNSET, Unset


def _request(
    payment: str,
    *,
    body: AssignPaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/unassigned-payments/{payment}/assign".format(
            payment=quote(str(payment), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Purchase:
    response_200 = Purchase.from_dict(response.json())

    return response_200


def sync(
    payment: str,
    *,
    client: Lotkeeper,
    body: AssignPaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> Purchase:
    """Assign a payment to a purchase, or to an account and a pack, once.

    Scope: support.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                payment=payment,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    payment: str,
    *,
    client: Lotkeeper,
    body: AssignPaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> Purchase:
    """Assign a payment to a purchase, or to an account and a pack, once: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                payment=payment,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
