from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="BalanceUnlimited")


@_attrs_define
class BalanceUnlimited:
    """Usage under a plan that spends no credits."""

    fair_use_limit: int
    """ Credits worth of use in one period before the fair-use limit is reached. """
    used: int
    """ How much of it is used. """
    resets_at: datetime.datetime
    """ When the count starts again. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        fair_use_limit = self.fair_use_limit

        used = self.used

        resets_at = self.resets_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "fair_use_limit": fair_use_limit,
                "used": used,
                "resets_at": resets_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        fair_use_limit = d.pop("fair_use_limit")

        used = d.pop("used")

        resets_at = datetime.datetime.fromisoformat(d.pop("resets_at"))

        balance_unlimited = cls(
            fair_use_limit=fair_use_limit,
            used=used,
            resets_at=resets_at,
        )

        balance_unlimited.additional_properties = d
        return balance_unlimited

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
