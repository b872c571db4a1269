from typing import Literal, cast

CreateWebhookEndpointResponse201State = Literal["disabled", "enabled"]


def check_create_webhook_endpoint_response_201_state(value: str) -> CreateWebhookEndpointResponse201State:
    # A newer server may answer with values that this client does not know.
    return cast(CreateWebhookEndpointResponse201State, value)
