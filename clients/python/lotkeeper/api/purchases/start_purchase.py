from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.purchase import Purchase
from ...models.start_purchase_body import StartPurchaseBody
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    body: StartPurchaseBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/accounts/{account}/purchases".format(
            account=quote(str(account), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Purchase:
    response_201 = Purchase.from_dict(response.json())

    return response_201


def sync(
    account: str,
    *,
    client: Lotkeeper,
    body: StartPurchaseBody,
    idempotency_key: str | Unset = UNSET,
) -> Purchase:
    """Start a purchase.

    Scope: manage.

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
    body: StartPurchaseBody,
    idempotency_key: str | Unset = UNSET,
) -> Purchase:
    """Start a purchase: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
