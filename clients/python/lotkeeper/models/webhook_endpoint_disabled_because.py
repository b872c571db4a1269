from typing import Literal, cast

WebhookEndpointDisabledBecause = Literal["failing", "gone"]


def check_webhook_endpoint_disabled_because(value: str) -> WebhookEndpointDisabledBecause:
    # A newer server may answer with values that this client does not know.
    return cast(WebhookEndpointDisabledBecause, value)
