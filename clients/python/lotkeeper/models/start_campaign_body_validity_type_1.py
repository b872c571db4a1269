from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="StartCampaignBodyValidityType1")


@_attrs_define
class StartCampaignBodyValidityType1:
    until: datetime.datetime
    """ When the credits expire. """

    def to_dict(self) -> dict[str, Any]:
        until = self.until.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        until = datetime.datetime.fromisoformat(d.pop("until"))

        start_campaign_body_validity_type_1 = cls(
            until=until,
        )

        return start_campaign_body_validity_type_1
