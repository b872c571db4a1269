from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.advance_test_clock_body import AdvanceTestClockBody
from ...models.advance_test_clock_response_200 import AdvanceTestClockResponse200
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: AdvanceTestClockBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/test-clocks/{id}/advance".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> AdvanceTestClockResponse200:
    response_200 = AdvanceTestClockResponse200.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: AdvanceTestClockBody,
    idempotency_key: str | Unset = UNSET,
) -> AdvanceTestClockResponse200:
    """Advance a test clock and run everything that falls due.

    Scope: admin.

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
    body: AdvanceTestClockBody,
    idempotency_key: str | Unset = UNSET,
) -> AdvanceTestClockResponse200:
    """Advance a test clock and run everything that falls due: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
