from typing import Any

import httpx

from ...client import Lotkeeper
from ...models.list_accounts_member import ListAccountsMember
from ...models.list_accounts_needs_attention import ListAccountsNeedsAttention
from ...models.list_accounts_response_200 import ListAccountsResponse200
from ...models.list_accounts_status import ListAccountsStatus
from ...types import UNSET, Unset


def _request(
    *,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    email: str | Unset = UNSET,
    account: str | Unset = UNSET,
    status: ListAccountsStatus | Unset = UNSET,
    member: ListAccountsMember | Unset = UNSET,
    plan: str | Unset = UNSET,
    needs_attention: ListAccountsNeedsAttention | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["email"] = email

    params["account"] = account

    json_status: str | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = status

    params["status"] = json_status

    json_member: str | Unset = UNSET
    if not isinstance(member, Unset):
        json_member = member

    params["member"] = json_member

    params["plan"] = plan

    json_needs_attention: str | Unset = UNSET
    if not isinstance(needs_attention, Unset):
        json_needs_attention = needs_attention

    params["needs_attention"] = json_needs_attention

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/accounts",
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> ListAccountsResponse200:
    response_200 = ListAccountsResponse200.from_dict(response.json())

    return response_200


def sync(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    email: str | Unset = UNSET,
    account: str | Unset = UNSET,
    status: ListAccountsStatus | Unset = UNSET,
    member: ListAccountsMember | Unset = UNSET,
    plan: str | Unset = UNSET,
    needs_attention: ListAccountsNeedsAttention | Unset = UNSET,
) -> ListAccountsResponse200:
    """List accounts, newest first.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                limit=limit,
                cursor=cursor,
                email=email,
                account=account,
                status=status,
                member=member,
                plan=plan,
                needs_attention=needs_attention,
            )
        )
    )


async def asyncio(
    *,
    client: Lotkeeper,
    limit: int | Unset = 25,
    cursor: str | Unset = UNSET,
    email: str | Unset = UNSET,
    account: str | Unset = UNSET,
    status: ListAccountsStatus | Unset = UNSET,
    member: ListAccountsMember | Unset = UNSET,
    plan: str | Unset = UNSET,
    needs_attention: ListAccountsNeedsAttention | Unset = UNSET,
) -> ListAccountsResponse200:
    """List accounts, newest first: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                limit=limit,
                cursor=cursor,
                email=email,
                account=account,
                status=status,
                member=member,
                plan=plan,
                needs_attention=needs_attention,
            )
        )
    )
