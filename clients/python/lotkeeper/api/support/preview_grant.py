from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.preview_grant_body import PreviewGrantBody
from ...models.preview_grant_response_200 import PreviewGrantResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    body: PreviewGrantBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/accounts/{account}/grants/preview".format(
            account=quote(str(account), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> PreviewGrantResponse200:
    response_200 = PreviewGrantResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    body: PreviewGrantBody,
    idempotency_key: str | Unset = UNSET,
) -> PreviewGrantResponse200:
    """Preview: grant credits by hand.

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
    body: PreviewGrantBody,
    idempotency_key: str | Unset = UNSET,
) -> PreviewGrantResponse200:
    """Preview: grant credits by hand: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
