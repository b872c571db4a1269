from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MembershipLapsedEventData")


@_attrs_define
class MembershipLapsedEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    membership: str
    """ Id of the membership. """
    plan: str
    """ Id of the plan in the policy. """
    slots: int
    """ Number of seats or units; the monthly credits are multiplied by it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        membership = self.membership

        plan = self.plan

        slots = self.slots

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "membership": membership,
                "plan": plan,
                "slots": slots,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        membership = d.pop("membership")

        plan = d.pop("plan")

        slots = d.pop("slots")

        membership_lapsed_event_data = cls(
            account=account,
            membership=membership,
            plan=plan,
            slots=slots,
        )

        membership_lapsed_event_data.additional_properties = d
        return membership_lapsed_event_data

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
