from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SubscriptionRefundTermsByException")


@_attrs_define
class SubscriptionRefundTermsByException:
    invoice: str
    """ The provider's id of the invoice. """
    credits_: int
    """ Credits of its months that are revoked as far as they are unused, as the policy's memberships.refund says.
    """
    amount: int
    """ Money that goes back, in minor units. """
    currency: str
    """ ISO 4217 code, such as USD. """
    needs_approval: bool
    """ Whether the amount is above the policy's limit, so that a second person must approve. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        invoice = self.invoice

        credits_ = self.credits_

        amount = self.amount

        currency = self.currency

        needs_approval = self.needs_approval

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "invoice": invoice,
                "credits": credits_,
                "amount": amount,
                "currency": currency,
                "needs_approval": needs_approval,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        invoice = d.pop("invoice")

        credits_ = d.pop("credits")

        amount = d.pop("amount")

        currency = d.pop("currency")

        needs_approval = d.pop("needs_approval")

        subscription_refund_terms_by_exception = cls(
            invoice=invoice,
            credits_=credits_,
            amount=amount,
            currency=currency,
            needs_approval=needs_approval,
        )

        subscription_refund_terms_by_exception.additional_properties = d
        return subscription_refund_terms_by_exception

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
