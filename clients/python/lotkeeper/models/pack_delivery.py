from typing import Literal, cast

PackDelivery = Literal["code", "credits"]


def check_pack_delivery(value: str) -> PackDelivery:
    # A newer server may answer with values that this client does not know.
    return cast(PackDelivery, value)
