from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MembershipScheduledChange")


@_attrs_define
class MembershipScheduledChange:
    plan: str
    """ Id of the plan in the policy. """
    slots: int
    """ Number of seats or units; the monthly credits are multiplied by it. """
    at: datetime.datetime
    """ When it applies. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        plan = self.plan

        slots = self.slots

        at = self.at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "plan": plan,
                "slots": slots,
                "at": at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        plan = d.pop("plan")

        slots = d.pop("slots")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        membership_scheduled_change = cls(
            plan=plan,
            slots=slots,
            at=at,
        )

        membership_scheduled_change.additional_properties = d
        return membership_scheduled_change

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
