from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.subscription_refund_terms import SubscriptionRefundTerms
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    invoice: str | Unset = UNSET,
    amount: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["invoice"] = invoice

    params["amount"] = amount

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/memberships/{id}/refund".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> SubscriptionRefundTerms:
    response_200 = SubscriptionRefundTerms.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    invoice: str | Unset = UNSET,
    amount: int | Unset = UNSET,
) -> SubscriptionRefundTerms:
    """Preview a refund of a subscription's payment by exception.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
                invoice=invoice,
                amount=amount,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
    invoice: str | Unset = UNSET,
    amount: int | Unset = UNSET,
) -> SubscriptionRefundTerms:
    """Preview a refund of a subscription's payment by exception: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                invoice=invoice,
                amount=amount,
            )
        )
    )
