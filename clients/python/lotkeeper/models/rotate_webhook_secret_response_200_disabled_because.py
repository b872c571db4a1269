from typing import Literal, cast

RotateWebhookSecretResponse200DisabledBecause = Literal["failing", "gone"]


def check_rotate_webhook_secret_response_200_disabled_because(
    value: str,
) -> RotateWebhookSecretResponse200DisabledBecause:
    # A newer server may answer with values that this client does not know.
    return cast(RotateWebhookSecretResponse200DisabledBecause, value)
