from typing import Literal, cast

CreateWebhookEndpointBodyEventsItem = Literal[
    "credits.expiring",
    "credits.granted",
    "credits.low",
    "generation.refunded",
    "membership.ended",
    "membership.lapsed",
    "membership.past_due",
    "membership.reactivated",
    "policy.announced",
    "purchase.delayed",
    "purchase.disputed",
    "purchase.fulfilled",
    "purchase.refunded",
]


def check_create_webhook_endpoint_body_events_item(value: str) -> CreateWebhookEndpointBodyEventsItem:
    # A newer server may answer with values that this client does not know.
    return cast(CreateWebhookEndpointBodyEventsItem, value)
