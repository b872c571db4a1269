from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="RateMeter")


@_attrs_define
class RateMeter:
    """The price of a measured quantity."""

    meter: str
    """ Its name in usage_estimate and usage. """
    credits_: float
    """ Credits for `per` of it. """
    per: int
    """ The quantity that the credits are for. """
    included: int
    """ The quantity of each generation that costs nothing. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        meter = self.meter

        credits_ = self.credits_

        per = self.per

        included = self.included

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "meter": meter,
                "credits": credits_,
                "per": per,
                "included": included,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        meter = d.pop("meter")

        credits_ = d.pop("credits")

        per = d.pop("per")

        included = d.pop("included")

        rate_meter = cls(
            meter=meter,
            credits_=credits_,
            per=per,
            included=included,
        )

        rate_meter.additional_properties = d
        return rate_meter

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
