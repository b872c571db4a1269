from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.audit import Audit
from ...models.compensation import Compensation
from ...models.membership import Membership
from ...models.purchase import Purchase
from ...types import UNSET, Unset


def _request(
    approval: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/approvals/{approval}/approve".format(
            approval=quote(str(approval), safe=""),
        ),
    }
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Audit | Compensation | Membership | Purchase:
    def _parse_response_200(data: object) -> Audit | Compensation | Membership | Purchase:
        try:
            if not isinstance(data, dict):
                raise TypeError()
            response_200_type_0 = Compensation.from_dict(data)

            return response_200_type_0
        except (TypeError, ValueError, AttributeError, KeyError):
            pass
        try:
            if not isinstance(data, dict):
                raise TypeError()
            response_200_type_1 = Audit.from_dict(data)

            return response_200_type_1
        except (TypeError, ValueError, AttributeError, KeyError):
            pass
        try:
            if not isinstance(data, dict):
                raise TypeError()
            response_200_type_2 = Purchase.from_dict(data)

            return response_200_type_2
        except (TypeError, ValueError, AttributeError, KeyError):
            pass
        if not isinstance(data, dict):
            raise TypeError()
        response_200_type_3 = Membership.from_dict(data)

        return response_200_type_3

    response_200 = _parse_response_200(response.json())

    return response_200


def sync(
    approval: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> Audit | Compensation | Membership | Purchase:
    """Approve another key's request and carry it out.

    Scope: admin.

    Args:
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                approval=approval,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    approval: str,
    *,
    client: Lotkeeper,
    idempotency_key: str | Unset = UNSET,
) -> Audit | Compensation | Membership | Purchase:
    """Approve another key's request and carry it out: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                approval=approval,
                idempotency_key=idempotency_key,
            )
        )
    )
