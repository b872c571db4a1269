from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImportCreditsItem")


@_attrs_define
class ImportCreditsItem:
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    expires: None | str
    """ The month in which they expire (UTC), such as 2027-03; null: never. """
    lots: int
    """ Number of lots. """
    credits_: int
    """ Number of credits. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        source = self.source

        expires: None | str
        expires = self.expires

        lots = self.lots

        credits_ = self.credits_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "source": source,
                "expires": expires,
                "lots": lots,
                "credits": credits_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        source = d.pop("source")

        def _parse_expires(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        expires = _parse_expires(d.pop("expires"))

        lots = d.pop("lots")

        credits_ = d.pop("credits")

        import_credits_item = cls(
            source=source,
            expires=expires,
            lots=lots,
            credits_=credits_,
        )

        import_credits_item.additional_properties = d
        return import_credits_item

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
