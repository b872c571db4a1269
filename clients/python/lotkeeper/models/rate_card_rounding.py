from typing import Literal, cast

RateCardRounding = Literal["carry", "up"]


def check_rate_card_rounding(value: str) -> RateCardRounding:
    # A newer server may answer with values that this client does not know.
    return cast(RateCardRounding, value)
