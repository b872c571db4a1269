from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.change_membership_body_when import ChangeMembershipBodyWhen, check_change_membership_body_when
from ..types import UNSET, Unset

T = TypeVar("T", bound="ChangeMembershipBody")


@_attrs_define
class ChangeMembershipBody:
    plan: str | Unset = UNSET
    """ Id of the plan in the policy. """
    slots: int | Unset = UNSET
    """ Number of seats or units; the monthly credits are multiplied by it. """
    when: ChangeMembershipBodyWhen | Unset = UNSET
    """ When the change takes effect; the policy decides if omitted. """

    def to_dict(self) -> dict[str, Any]:
        plan = self.plan

        slots = self.slots

        when: str | Unset = UNSET
        if not isinstance(self.when, Unset):
            when = self.when

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if plan is not UNSET:
            field_dict["plan"] = plan
        if slots is not UNSET:
            field_dict["slots"] = slots
        if when is not UNSET:
            field_dict["when"] = when

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        plan = d.pop("plan", UNSET)

        slots = d.pop("slots", UNSET)

        _when = d.pop("when", UNSET)
        when: ChangeMembershipBodyWhen | Unset
        if isinstance(_when, Unset):
            when = UNSET
        else:
            when = check_change_membership_body_when(_when)

        change_membership_body = cls(
            plan=plan,
            slots=slots,
            when=when,
        )

        return change_membership_body
