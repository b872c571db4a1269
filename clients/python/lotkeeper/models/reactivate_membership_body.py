from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ReactivateMembershipBody")


@_attrs_define
class ReactivateMembershipBody:
    paid_through: datetime.datetime | Unset = UNSET
    """ Until when it is paid; one period if omitted. """

    def to_dict(self) -> dict[str, Any]:
        paid_through: str | Unset = UNSET
        if not isinstance(self.paid_through, Unset):
            paid_through = self.paid_through.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if paid_through is not UNSET:
            field_dict["paid_through"] = paid_through

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _paid_through = d.pop("paid_through", UNSET)
        paid_through: datetime.datetime | Unset
        if isinstance(_paid_through, Unset):
            paid_through = UNSET
        else:
            paid_through = datetime.datetime.fromisoformat(_paid_through)

        reactivate_membership_body = cls(
            paid_through=paid_through,
        )

        return reactivate_membership_body
