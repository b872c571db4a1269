from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PurchaseBankTransfer")


@_attrs_define
class PurchaseBankTransfer:
    bank: str
    """ The name of the bank. """
    number: str
    """ The account number or IBAN. """
    holder: str
    """ Whom the account belongs to. """
    reference: str
    """ Finds the purchase, as its order number does. """
    amount: int
    """ Credits. """
    currency: str
    """ ISO 4217 code, such as USD. """
    due_at: datetime.datetime
    """ When the order expires; money that comes later is still credited. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bank = self.bank

        number = self.number

        holder = self.holder

        reference = self.reference

        amount = self.amount

        currency = self.currency

        due_at = self.due_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bank": bank,
                "number": number,
                "holder": holder,
                "reference": reference,
                "amount": amount,
                "currency": currency,
                "due_at": due_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        bank = d.pop("bank")

        number = d.pop("number")

        holder = d.pop("holder")

        reference = d.pop("reference")

        amount = d.pop("amount")

        currency = d.pop("currency")

        due_at = datetime.datetime.fromisoformat(d.pop("due_at"))

        purchase_bank_transfer = cls(
            bank=bank,
            number=number,
            holder=holder,
            reference=reference,
            amount=amount,
            currency=currency,
            due_at=due_at,
        )

        purchase_bank_transfer.additional_properties = d
        return purchase_bank_transfer

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
