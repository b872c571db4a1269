from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.membership import Membership
from ...models.pending_subscription_refund import PendingSubscriptionRefund
from ...models.refund_subscription_body import RefundSubscriptionBody
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: RefundSubscriptionBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/memberships/{id}/refund".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Membership | PendingSubscriptionRefund:
    if response.status_code == 200:
        response_200 = Membership.from_dict(response.json())

        return response_200

    response_202 = PendingSubscriptionRefund.from_dict(response.json())

    return response_202


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: RefundSubscriptionBody,
    idempotency_key: str | Unset = UNSET,
) -> Membership | PendingSubscriptionRefund:
    """Refund a subscription's payment by exception, and revoke its unused credits by the policy.

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
    body: RefundSubscriptionBody,
    idempotency_key: str | Unset = UNSET,
) -> Membership | PendingSubscriptionRefund:
    """Refund a subscription's payment by exception, and revoke its unused credits by the policy: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
