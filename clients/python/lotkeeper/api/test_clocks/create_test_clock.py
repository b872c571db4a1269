from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.create_test_clock_body import CreateTestClockBody
from ...models.create_test_clock_response_201 import CreateTestClockResponse201
from ...types import UNSET, Unset


def _request(
    *,
    body: CreateTestClockBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/test-clocks",
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> CreateTestClockResponse201:
    response_201 = CreateTestClockResponse201.from_dict(response.json())

    return response_201


def sync(
    *,
    client: Lotkeeper,
    body: CreateTestClockBody,
    idempotency_key: str | Unset = UNSET,
) -> CreateTestClockResponse201:
    """Create a test clock.

    Scope: admin.

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
    body: CreateTestClockBody,
    idempotency_key: str | Unset = UNSET,
) -> CreateTestClockResponse201:
    """Create a test clock: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
