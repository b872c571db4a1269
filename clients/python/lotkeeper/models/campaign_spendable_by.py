from typing import Literal, cast

CampaignSpendableBy = Literal["everyone", "members"]


def check_campaign_spendable_by(value: str) -> CampaignSpendableBy:
    # A newer server may answer with values that this client does not know.
    return cast(CampaignSpendableBy, value)
