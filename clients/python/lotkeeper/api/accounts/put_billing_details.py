from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.billing_details import BillingDetails
from ...models.put_billing_details_response_200 import PutBillingDetailsResponse200


def _request(
    account: str,
    *,
    body: BillingDetails,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PUT",
        "url": "/v1/accounts/{account}/billing-details".format(
            account=quote(str(account), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> PutBillingDetailsResponse200:
    response_200 = PutBillingDetailsResponse200.from_dict(response.json())

    return response_200


def sync(
    account: str,
    *,
    client: Lotkeeper,
    body: BillingDetails,
) -> PutBillingDetailsResponse200:
    """Set the buyer of the invoices that are issued from now on.

    Scope: manage.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        body: The buyer on invoices.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                body=body,
            )
        )
    )


async def asyncio(
    account: str,
    *,
    client: Lotkeeper,
    body: BillingDetails,
) -> PutBillingDetailsResponse200:
    """Set the buyer of the invoices that are issued from now on: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                body=body,
            )
        )
    )
