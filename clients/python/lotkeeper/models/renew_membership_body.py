from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="RenewMembershipBody")


@_attrs_define
class RenewMembershipBody:
    paid_through: datetime.datetime
    """ Until when it is paid now. """

    def to_dict(self) -> dict[str, Any]:
        paid_through = self.paid_through.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "paid_through": paid_through,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        paid_through = datetime.datetime.fromisoformat(d.pop("paid_through"))

        renew_membership_body = cls(
            paid_through=paid_through,
        )

        return renew_membership_body
