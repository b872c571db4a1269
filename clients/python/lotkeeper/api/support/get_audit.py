from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.audit import Audit
from ...models.get_audit_language import GetAuditLanguage
from ...types import UNSET, Unset


def _request(
    id: str,
    *,
    language: GetAuditLanguage | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_language: str | Unset = UNSET
    if not isinstance(language, Unset):
        json_language = language

    params["language"] = json_language

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/audits/{id}".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> Audit:
    response_200 = Audit.from_dict(response.json())

    return response_200


def sync(
    id: str,
    *,
    client: Lotkeeper,
    language: GetAuditLanguage | Unset = UNSET,
) -> Audit:
    """Get the findings and corrections of an audit.

    Scope: support.

    Args:
        language: Of the explanation; English by default.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                id=id,
                language=language,
            )
        )
    )


async def asyncio(
    id: str,
    *,
    client: Lotkeeper,
    language: GetAuditLanguage | Unset = UNSET,
) -> Audit:
    """Get the findings and corrections of an audit: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                id=id,
                language=language,
            )
        )
    )
