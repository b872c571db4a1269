"""Webhooks that Lotkeeper sends."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from attrs import define

from . import models


@define
class UnknownEvent:
    """An event that is newer than this client."""

    type_: str
    timestamp: str
    data: dict[str, Any]


WebhookEvent = (
    models.CreditsGrantedEvent
    | models.CreditsExpiringEvent
    | models.CreditsLowEvent
    | models.GenerationRefundedEvent
    | models.MembershipPastDueEvent
    | models.MembershipLapsedEvent
    | models.MembershipReactivatedEvent
    | models.MembershipEndedEvent
    | models.PurchaseFulfilledEvent
    | models.PurchaseDelayedEvent
    | models.PurchaseRefundedEvent
    | models.PurchaseDisputedEvent
    | models.PolicyAnnouncedEvent
    | models.WebhookTestEvent
    | UnknownEvent
)
"""An event as Lotkeeper sends it; its class tells what `data` has."""

_KINDS: dict[str, Callable[[Mapping[str, Any]], WebhookEvent]] = {
    "credits.granted": models.CreditsGrantedEvent.from_dict,
    "credits.expiring": models.CreditsExpiringEvent.from_dict,
    "credits.low": models.CreditsLowEvent.from_dict,
    "generation.refunded": models.GenerationRefundedEvent.from_dict,
    "membership.past_due": models.MembershipPastDueEvent.from_dict,
    "membership.lapsed": models.MembershipLapsedEvent.from_dict,
    "membership.reactivated": models.MembershipReactivatedEvent.from_dict,
    "membership.ended": models.MembershipEndedEvent.from_dict,
    "purchase.fulfilled": models.PurchaseFulfilledEvent.from_dict,
    "purchase.delayed": models.PurchaseDelayedEvent.from_dict,
    "purchase.refunded": models.PurchaseRefundedEvent.from_dict,
    "purchase.disputed": models.PurchaseDisputedEvent.from_dict,
    "policy.announced": models.PolicyAnnouncedEvent.from_dict,
    "webhook.test": models.WebhookTestEvent.from_dict,
}

# Messages that were signed longer ago, or later, are refused, so that nobody can send an old one again.
_TOLERANCE_SECONDS = 300


class WebhookError(Exception):
    """A message that does not come from Lotkeeper, or came too late. Answer it with a 400."""


def verify_webhook(
    body: bytes | str, headers: Mapping[str, str], secret: str, now: float | None = None
) -> WebhookEvent:
    """Verifies a webhook message (Standard Webhooks) and returns its event.

    Messages may come twice: skip those whose `webhook-id` you have seen.

    Args:
        body: The raw body, as it was received.
        secret: Of the endpoint: whsec_…
        now: Seconds since 1970; the clock's by default.

    Raises:
        WebhookError: The message does not come from Lotkeeper, or came too late.
    """
    content = body.encode() if isinstance(body, str) else body
    fields = {name.lower(): value for name, value in headers.items()}
    id, timestamp, signatures = (fields.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not (id and timestamp and signatures):
        raise WebhookError("The message has no webhook-… headers.")
    if not _is_recent(timestamp, time.time() if now is None else now):
        raise WebhookError("The message was not signed within the last five minutes.")
    signed = f"{id}.{timestamp}.".encode() + content
    expected = base64.b64encode(hmac.digest(_key_of(secret), signed, hashlib.sha256))
    if not any(
        hmac.compare_digest(each.removeprefix("v1,").encode(), expected)
        for each in signatures.split(" ")
        if each.startswith("v1,")
    ):
        raise WebhookError("The signature is wrong.")
    return _event_of(json.loads(content))


def _is_recent(timestamp: str, now: float) -> bool:
    try:
        return abs(now - float(timestamp)) <= _TOLERANCE_SECONDS
    except ValueError:
        return False


def _key_of(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise WebhookError("The secret is not one of Lotkeeper: whsec_…") from None


def _event_of(message: dict[str, Any]) -> WebhookEvent:
    read = _KINDS.get(message["type"])
    return read(message) if read else UnknownEvent(message["type"], message["timestamp"], message["data"])
