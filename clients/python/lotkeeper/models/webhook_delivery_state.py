from typing import Literal, cast

WebhookDeliveryState = Literal["delivered", "failed", "pending"]


def check_webhook_delivery_state(value: str) -> WebhookDeliveryState:
    # A newer server may answer with values that this client does not know.
    return cast(WebhookDeliveryState, value)
