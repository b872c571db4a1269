from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="StartCampaignBodyAudienceType1")


@_attrs_define
class StartCampaignBodyAudienceType1:
    plan: str
    """ Id of the plan in the policy. """

    def to_dict(self) -> dict[str, Any]:
        plan = self.plan

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "plan": plan,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        plan = d.pop("plan")

        start_campaign_body_audience_type_1 = cls(
            plan=plan,
        )

        return start_campaign_body_audience_type_1
