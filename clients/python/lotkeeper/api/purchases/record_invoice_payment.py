from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.invoice import Invoice
from ...models.record_invoice_payment_body import RecordInvoicePaymentBody
from ...types import UNSET, Unset


def _request(
    account: str,
    invoice: str,
    *,
    body: RecordInvoicePaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/v1/accounts/{account}/invoices/{invoice}/payment".format(
            account=quote(str(account), safe=""),
            invoice=quote(str(invoice), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Invoice:
    response_200 = Invoice.from_dict(response.json())

    return response_200


def sync(
    account: str,
    invoice: str,
    *,
    client: Lotkeeper,
    body: RecordInvoicePaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> Invoice:
    """Record that a whole invoice was paid, with all purchases on it.

    Scope: manage.

    Args:
        account: The product's own id of the account. Not an email address: it appears in workflow histories.
        idempotency_key: Repeating a key and body returns the original response.

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                account=account,
                invoice=invoice,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )


async def asyncio(
    account: str,
    invoice: str,
    *,
    client: Lotkeeper,
    body: RecordInvoicePaymentBody,
    idempotency_key: str | Unset = UNSET,
) -> Invoice:
    """Record that a whole invoice was paid, with all purchases on it: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                account=account,
                invoice=invoice,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
    )
