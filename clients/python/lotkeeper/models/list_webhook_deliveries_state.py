from typing import Literal, cast

ListWebhookDeliveriesState = Literal["delivered", "failed", "pending"]


def check_list_webhook_deliveries_state(value: str) -> ListWebhookDeliveriesState:
    # A newer server may answer with values that this client does not know.
    return cast(ListWebhookDeliveriesState, value)
