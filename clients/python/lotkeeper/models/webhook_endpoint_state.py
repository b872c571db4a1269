from typing import Literal, cast

WebhookEndpointState = Literal["disabled", "enabled"]


def check_webhook_endpoint_state(value: str) -> WebhookEndpointState:
    # A newer server may answer with values that this client does not know.
    return cast(WebhookEndpointState, value)
