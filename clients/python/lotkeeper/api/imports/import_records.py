from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.import_ import Import
from ...models.import_records_body import ImportRecordsBody
from ...types import UNSET, Unset


def _request(
    *,
    body: ImportRecordsBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/imports",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Import:
    response_200 = Import.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    body: ImportRecordsBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Import:
    """Check or import accounts, lots, memberships and codes of another system.

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
    body: ImportRecordsBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Import:
    """Check or import accounts, lots, memberships and codes of another system: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
