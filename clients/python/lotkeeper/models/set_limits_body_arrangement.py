from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.set_limits_body_arrangement_kind import (
    SetLimitsBodyArrangementKind,
    check_set_limits_body_arrangement_kind,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="SetLimitsBodyArrangement")


@_attrs_define
class SetLimitsBodyArrangement:
    kind: SetLimitsBodyArrangementKind
    """ Why the account has special terms. """
    monthly: int | Unset = UNSET
    """ Credits a month instead of the plan's, from the next grant. """
    discount_percent: int | Unset = UNSET
    """ Discount on packs; the largest of all discounts applies. """
    until: datetime.datetime | Unset = UNSET
    """ Without end if omitted. """

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        monthly = self.monthly

        discount_percent = self.discount_percent

        until: str | Unset = UNSET
        if not isinstance(self.until, Unset):
            until = self.until.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
            }
        )
        if monthly is not UNSET:
            field_dict["monthly"] = monthly
        if discount_percent is not UNSET:
            field_dict["discount_percent"] = discount_percent
        if until is not UNSET:
            field_dict["until"] = until

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_set_limits_body_arrangement_kind(d.pop("kind"))

        monthly = d.pop("monthly", UNSET)

        discount_percent = d.pop("discount_percent", UNSET)

        _until = d.pop("until", UNSET)
        until: datetime.datetime | Unset
        if isinstance(_until, Unset):
            until = UNSET
        else:
            until = datetime.datetime.fromisoformat(_until)

        set_limits_body_arrangement = cls(
            kind=kind,
            monthly=monthly,
            discount_percent=discount_percent,
            until=until,
        )

        return set_limits_body_arrangement
