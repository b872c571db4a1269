from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AuditPaymentsItem")


@_attrs_define
class AuditPaymentsItem:
    purchase: str
    """ Id of the purchase. """
    paid: bool
    """ Whether the provider confirms the payment. """
    bought: int
    """ Credits that were paid for. """
    taken_back: int
    """ Credits that refunds and disputes took back. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        purchase = self.purchase

        paid = self.paid

        bought = self.bought

        taken_back = self.taken_back

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "purchase": purchase,
                "paid": paid,
                "bought": bought,
                "taken_back": taken_back,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        purchase = d.pop("purchase")

        paid = d.pop("paid")

        bought = d.pop("bought")

        taken_back = d.pop("taken_back")

        audit_payments_item = cls(
            purchase=purchase,
            paid=paid,
            bought=bought,
            taken_back=taken_back,
        )

        audit_payments_item.additional_properties = d
        return audit_payments_item

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
