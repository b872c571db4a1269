from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.membership_subscription_change_state import (
    MembershipSubscriptionChangeState,
    check_membership_subscription_change_state,
)
from ..models.membership_subscription_change_to import (
    MembershipSubscriptionChangeTo,
    check_membership_subscription_change_to,
)

T = TypeVar("T", bound="MembershipSubscriptionChange")


@_attrs_define
class MembershipSubscriptionChange:
    to: MembershipSubscriptionChangeTo
    """ What the subscription changes to. """
    state: MembershipSubscriptionChangeState
    """ pending: it is repeated until it succeeds. refused: the provider refused it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        to: str = self.to

        state: str = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "to": to,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        to = check_membership_subscription_change_to(d.pop("to"))

        state = check_membership_subscription_change_state(d.pop("state"))

        membership_subscription_change = cls(
            to=to,
            state=state,
        )

        membership_subscription_change.additional_properties = d
        return membership_subscription_change

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
