from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.list_audits_language import ListAuditsLanguage
from ...models.list_audits_response_200 import ListAuditsResponse200
from ...types import UNSET, Unset


def _request(
    account: str,
    *,
    limit: int | Unset = 25,
    language: ListAuditsLanguage | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    json_language: str | Unset = UNSET
    if not isinstance(language, Unset):
        json_language = language

    params["language"] = json_language

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts/{account}/audits".format(
            account=quote(str(account), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListAuditsResponse200:
    response_200 = ListAuditsResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    language: ListAuditsLanguage | Unset = UNSET,
) -> ListAuditsResponse200:
    """List the audits of an account, newest first.

    Scope: read.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        language: Of the explanation; English by default.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                limit=limit,
                language=language,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    language: ListAuditsLanguage | Unset = UNSET,
) -> ListAuditsResponse200:
    """List the audits of an account, newest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                limit=limit,
                language=language,
            )
        )
    )
