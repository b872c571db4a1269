from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PreviewGrantResponse200After")


@_attrs_define
class PreviewGrantResponse200After:
    """The credits as the call would leave them."""

    available: int
    """ Credits that can be spent now. """
    held: int
    """ Credits reserved for work in progress. """
    frozen: int
    """ Credits that cannot be spent until the account is a member again. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        available = self.available

        held = self.held

        frozen = self.frozen

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "available": available,
                "held": held,
                "frozen": frozen,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        available = d.pop("available")

        held = d.pop("held")

        frozen = d.pop("frozen")

        preview_grant_response_200_after = cls(
            available=available,
            held=held,
            frozen=frozen,
        )

        preview_grant_response_200_after.additional_properties = d
        return preview_grant_response_200_after

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
