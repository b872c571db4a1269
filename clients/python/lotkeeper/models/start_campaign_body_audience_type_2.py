from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="StartCampaignBodyAudienceType2")


@_attrs_define
class StartCampaignBodyAudienceType2:
    accounts: list[str]
    """ Ids of the accounts. """

    def to_dict(self) -> dict[str, Any]:
        accounts = self.accounts

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "accounts": accounts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        accounts = cast(list[str], d.pop("accounts"))

        start_campaign_body_audience_type_2 = cls(
            accounts=accounts,
        )

        return start_campaign_body_audience_type_2
