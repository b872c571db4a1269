from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.dismiss_payment_body import DismissPaymentBody
from ...models.dismiss_payment_response_200 import DismissPaymentResponse200
from ...types import UNSET, Unset


def _request(
    payment: str,
    *,
    body: DismissPaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/unassigned-payments/{payment}/dismiss".format(
            payment=quote(str(payment), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> DismissPaymentResponse200:
    response_200 = DismissPaymentResponse200.from_dict(response.json())

    return response_200


def sync(
    payment: str,
    *,
    client: Lotkeeper,
    body: DismissPaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> DismissPaymentResponse200:
    """Dismiss a payment that was dealt with elsewhere.

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
    body: DismissPaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> DismissPaymentResponse200:
    """Dismiss a payment that was dealt with elsewhere: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                payment=payment,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
