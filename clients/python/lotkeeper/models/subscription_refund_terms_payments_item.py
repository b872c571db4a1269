from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SubscriptionRefundTermsPaymentsItem")


@_attrs_define
class SubscriptionRefundTermsPaymentsItem:
    invoice: str
    """ The provider's id of the invoice. """
    paid_at: datetime.datetime
    """ When it was paid. """
    amount: int
    """ What it cost, in minor units. """
    refunded: int
    """ Money that went back of it, in minor units. """
    currency: str
    """ ISO 4217 code, such as USD. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        invoice = self.invoice

        paid_at = self.paid_at.isoformat()

        amount = self.amount

        refunded = self.refunded

        currency = self.currency

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "invoice": invoice,
                "paid_at": paid_at,
                "amount": amount,
                "refunded": refunded,
                "currency": currency,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        invoice = d.pop("invoice")

        paid_at = datetime.datetime.fromisoformat(d.pop("paid_at"))

        amount = d.pop("amount")

        refunded = d.pop("refunded")

        currency = d.pop("currency")

        subscription_refund_terms_payments_item = cls(
            invoice=invoice,
            paid_at=paid_at,
            amount=amount,
            refunded=refunded,
            currency=currency,
        )

        subscription_refund_terms_payments_item.additional_properties = d
        return subscription_refund_terms_payments_item

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
