from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.refund_terms import RefundTerms
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    amount: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["amount"] = amount

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/purchases/{id}/refund".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> RefundTerms:
    response_200 = RefundTerms.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    amount: int | Unset = UNSET,
) -> RefundTerms:
    """Preview a refund: the credits and the money that it would move, by the policy and by exception.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
                amount=amount,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
    amount: int | Unset = UNSET,
) -> RefundTerms:
    """Preview a refund: the credits and the money that it would move, by the policy and by exception: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                amount=amount,
            )
        )
    )
