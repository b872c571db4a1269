from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.report_defect_body import ReportDefectBody
from ...models.report_defect_response_200 import ReportDefectResponse200
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    body: ReportDefectBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/generations/{id}/report-defect".format(
            id=quote(str(id), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> ReportDefectResponse200:
    response_200 = ReportDefectResponse200.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    body: ReportDefectBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ReportDefectResponse200:
    """Report a defective result; products may allow a free correction.

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
    body: ReportDefectBody | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ReportDefectResponse200:
    """Report a defective result; products may allow a free correction: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
