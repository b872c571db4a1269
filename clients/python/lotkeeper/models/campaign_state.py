from typing import Literal, cast

CampaignState = Literal["done", "paused", "running", "waiting"]


def check_campaign_state(value: str) -> CampaignState:
    # A newer server may answer with values that this client does not know.
    return cast(CampaignState, value)
