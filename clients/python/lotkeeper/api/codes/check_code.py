from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.check_code_body import CheckCodeBody
from ...models.check_code_response_200 import CheckCodeResponse200
from ...types import UNSET, Unset


def _request(
    *,
    body: CheckCodeBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/codes/check",
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> CheckCodeResponse200:
    response_200 = CheckCodeResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    body: CheckCodeBody,
    idempotency_key: str | Unset = UNSET,
) -> CheckCodeResponse200:
    """Get the status of a code.

    Scope: generate.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    body: CheckCodeBody,
    idempotency_key: str | Unset = UNSET,
) -> CheckCodeResponse200:
    """Get the status of a code: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
