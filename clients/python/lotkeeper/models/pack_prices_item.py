from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PackPricesItem")


@_attrs_define
class PackPricesItem:
    quantity: int
    """ Number of packages. """
    full_amount: int
    """ Price of this quantity before the discount, in minor units. """
    amount: int
    """ What the checkout asks for this quantity, in minor units. """
    discount_percent: int
    """ Discount that is included in the amount, in percent. """
    validity: str
    """ How long the credits are valid: an ISO 8601 duration, or never_expires. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quantity = self.quantity

        full_amount = self.full_amount

        amount = self.amount

        discount_percent = self.discount_percent

        validity = self.validity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quantity": quantity,
                "full_amount": full_amount,
                "amount": amount,
                "discount_percent": discount_percent,
                "validity": validity,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quantity = d.pop("quantity")

        full_amount = d.pop("full_amount")

        amount = d.pop("amount")

        discount_percent = d.pop("discount_percent")

        validity = d.pop("validity")

        pack_prices_item = cls(
            quantity=quantity,
            full_amount=full_amount,
            amount=amount,
            discount_percent=discount_percent,
            validity=validity,
        )

        pack_prices_item.additional_properties = d
        return pack_prices_item

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
