from typing import Literal, cast

StartCampaignBodySpendableBy = Literal["everyone", "members"]


def check_start_campaign_body_spendable_by(value: str) -> StartCampaignBodySpendableBy:
    # A newer server may answer with values that this client does not know.
    return cast(StartCampaignBodySpendableBy, value)
