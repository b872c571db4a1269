from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PriceLine")


@_attrs_define
class PriceLine:
    """A line of a price."""

    item: str
    """ outputs, an option with its value, a meter, minimum, maximum, maximum_cost or stated_cost. """
    quantity: int | None
    """ How much of it; null if it has no quantity. """
    rate: str
    """ The rate, for people. """
    credits_: str
    """ Exact credits as a decimal, such as 2.5; negative if the line lowers the price. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        item = self.item

        quantity: int | None
        quantity = self.quantity

        rate = self.rate

        credits_ = self.credits_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "item": item,
                "quantity": quantity,
                "rate": rate,
                "credits": credits_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        item = d.pop("item")

        def _parse_quantity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        quantity = _parse_quantity(d.pop("quantity"))

        rate = d.pop("rate")

        credits_ = d.pop("credits")

        price_line = cls(
            item=item,
            quantity=quantity,
            rate=rate,
            credits_=credits_,
        )

        price_line.additional_properties = d
        return price_line

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
