from typing import Literal, cast

CreateWebhookEndpointResponse201DisabledBecause = Literal["failing", "gone"]


def check_create_webhook_endpoint_response_201_disabled_because(
    value: str,
) -> CreateWebhookEndpointResponse201DisabledBecause:
    # A newer server may answer with values that this client does not know.
    return cast(CreateWebhookEndpointResponse201DisabledBecause, value)
