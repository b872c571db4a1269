from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MembershipReactivatedEventData")


@_attrs_define
class MembershipReactivatedEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    membership: str
    """ Id of the membership. """
    plan: str
    """ Id of the plan in the policy. """
    slots: int
    """ Number of seats or units; the monthly credits are multiplied by it. """
    paid_through: datetime.datetime | Unset = UNSET
    """ Until when it is paid. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        membership = self.membership

        plan = self.plan

        slots = self.slots

        paid_through: str | Unset = UNSET
        if not isinstance(self.paid_through, Unset):
            paid_through = self.paid_through.isoformat()

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
        if paid_through is not UNSET:
            field_dict["paid_through"] = paid_through

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        membership = d.pop("membership")

        plan = d.pop("plan")

        slots = d.pop("slots")

        _paid_through = d.pop("paid_through", UNSET)
        paid_through: datetime.datetime | Unset
        if isinstance(_paid_through, Unset):
            paid_through = UNSET
        else:
            paid_through = datetime.datetime.fromisoformat(_paid_through)

        membership_reactivated_event_data = cls(
            account=account,
            membership=membership,
            plan=plan,
            slots=slots,
            paid_through=paid_through,
        )

        membership_reactivated_event_data.additional_properties = d
        return membership_reactivated_event_data

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
