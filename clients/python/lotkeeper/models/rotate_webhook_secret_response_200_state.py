from typing import Literal, cast

RotateWebhookSecretResponse200State = Literal["disabled", "enabled"]


def check_rotate_webhook_secret_response_200_state(value: str) -> RotateWebhookSecretResponse200State:
    # A newer server may answer with values that this client does not know.
    return cast(RotateWebhookSecretResponse200State, value)
