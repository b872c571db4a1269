from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.extend_generation_body import ExtendGenerationBody
from ...models.generation import Generation
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: ExtendGenerationBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/generations/{id}/extend".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Generation:
    response_200 = Generation.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: ExtendGenerationBody,
    idempotency_key: str | Unset = UNSET,
) -> Generation:
    """Move the deadline of a generation and report running usage.

    Scope: generate.

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
    body: ExtendGenerationBody,
    idempotency_key: str | Unset = UNSET,
) -> Generation:
    """Move the deadline of a generation and report running usage: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
