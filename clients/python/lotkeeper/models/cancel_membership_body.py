from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.cancel_membership_body_when import CancelMembershipBodyWhen, check_cancel_membership_body_when
from ..types import UNSET, Unset

T = TypeVar("T", bound="CancelMembershipBody")


@_attrs_define
class CancelMembershipBody:
    when: CancelMembershipBodyWhen | Unset = UNSET
    """ period_end, the default, keeps the membership until the paid period ends. """

    def to_dict(self) -> dict[str, Any]:
        when: str | Unset = UNSET
        if not isinstance(self.when, Unset):
            when = self.when

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if when is not UNSET:
            field_dict["when"] = when

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _when = d.pop("when", UNSET)
        when: CancelMembershipBodyWhen | Unset
        if isinstance(_when, Unset):
            when = UNSET
        else:
            when = check_cancel_membership_body_when(_when)

        cancel_membership_body = cls(
            when=when,
        )

        return cancel_membership_body
