from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PurchaseFulfilledEventData")


@_attrs_define
class PurchaseFulfilledEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    purchase: str
    """ Id of the purchase. """
    pack: str
    """ Id of the pack in the policy. """
    quantity: int
    """ Number of packs. """
    credits_: int | Unset = UNSET
    """ Number of credits. """
    bonus: int | Unset = UNSET
    """ Credits added beyond what was bought or lost. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        purchase = self.purchase

        pack = self.pack

        quantity = self.quantity

        credits_ = self.credits_

        bonus = self.bonus

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "purchase": purchase,
                "pack": pack,
                "quantity": quantity,
            }
        )
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if bonus is not UNSET:
            field_dict["bonus"] = bonus

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        purchase = d.pop("purchase")

        pack = d.pop("pack")

        quantity = d.pop("quantity")

        credits_ = d.pop("credits", UNSET)

        bonus = d.pop("bonus", UNSET)

        purchase_fulfilled_event_data = cls(
            account=account,
            purchase=purchase,
            pack=pack,
            quantity=quantity,
            credits_=credits_,
            bonus=bonus,
        )

        purchase_fulfilled_event_data.additional_properties = d
        return purchase_fulfilled_event_data

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
