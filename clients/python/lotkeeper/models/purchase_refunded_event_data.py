from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PurchaseRefundedEventData")


@_attrs_define
class PurchaseRefundedEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    purchase: str
    """ Id of the purchase. """
    pack: str
    """ Id of the pack in the policy. """
    quantity: int
    """ Number of packs. """
    amount: int | Unset = UNSET
    """ Money that went back, in minor units. """
    credits_: int | Unset = UNSET
    """ Number of credits. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        purchase = self.purchase

        pack = self.pack

        quantity = self.quantity

        amount = self.amount

        credits_ = self.credits_

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
        if amount is not UNSET:
            field_dict["amount"] = amount
        if credits_ is not UNSET:
            field_dict["credits"] = credits_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        purchase = d.pop("purchase")

        pack = d.pop("pack")

        quantity = d.pop("quantity")

        amount = d.pop("amount", UNSET)

        credits_ = d.pop("credits", UNSET)

        purchase_refunded_event_data = cls(
            account=account,
            purchase=purchase,
            pack=pack,
            quantity=quantity,
            amount=amount,
            credits_=credits_,
        )

        purchase_refunded_event_data.additional_properties = d
        return purchase_refunded_event_data

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
