from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.acknowledge_attention_body import AcknowledgeAttentionBody
from ...models.acknowledge_attention_response_200 import AcknowledgeAttentionResponse200
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: AcknowledgeAttentionBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/attention/{id}/acknowledge".format(
            id=quote(str(id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> AcknowledgeAttentionResponse200:
    response_200 = AcknowledgeAttentionResponse200.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: AcknowledgeAttentionBody,
    idempotency_key: str | Unset = UNSET,
) -> AcknowledgeAttentionResponse200:
    """Mark something that needs a person as dealt with elsewhere.

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
    body: AcknowledgeAttentionBody,
    idempotency_key: str | Unset = UNSET,
) -> AcknowledgeAttentionResponse200:
    """Mark something that needs a person as dealt with elsewhere: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
