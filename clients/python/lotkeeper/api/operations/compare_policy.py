from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.compare_policy_body import ComparePolicyBody
from ...models.policy_diff import PolicyDiff
from ...types import UNSET, Unset


def _request(
    *,
    body: ComparePolicyBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/policy/diff",
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> PolicyDiff:
    response_200 = PolicyDiff.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    body: ComparePolicyBody,
    idempotency_key: str | Unset = UNSET,
) -> PolicyDiff:
    """Compare a draft of a policy with the one in force: what changes, for whom, and for how many accounts.

    Scope: support.

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
    body: ComparePolicyBody,
    idempotency_key: str | Unset = UNSET,
) -> PolicyDiff:
    """Compare a draft of a policy with the one in force: what changes, for whom, and for how many accounts: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
