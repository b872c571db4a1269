from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PendingSubscriptionRefund")


@_attrs_define
class PendingSubscriptionRefund:
    """A refund of a payment of a subscription that waits for a second person."""

    membership: str
    """ Id of the membership. """
    state: Literal["awaiting_approval"]
    """ Always awaiting_approval. """
    approval: str
    """ Id of the approval that it waits for. """
    invoice: str
    """ The provider's id of the invoice. """
    credits_: int
    """ Credits that will be revoked, as far as they are unused. """
    amount: int
    """ Money that will go back, in minor units. """
    currency: str
    """ ISO 4217 code, such as USD. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        membership = self.membership

        state = self.state

        approval = self.approval

        invoice = self.invoice

        credits_ = self.credits_

        amount = self.amount

        currency = self.currency

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "membership": membership,
                "state": state,
                "approval": approval,
                "invoice": invoice,
                "credits": credits_,
                "amount": amount,
                "currency": currency,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        membership = d.pop("membership")

        state = cast(Literal["awaiting_approval"], d.pop("state"))
        if state != "awaiting_approval":
            raise ValueError(f"state must match const 'awaiting_approval', got '{state}'")

        approval = d.pop("approval")

        invoice = d.pop("invoice")

        credits_ = d.pop("credits")

        amount = d.pop("amount")

        currency = d.pop("currency")

        pending_subscription_refund = cls(
            membership=membership,
            state=state,
            approval=approval,
            invoice=invoice,
            credits_=credits_,
            amount=amount,
            currency=currency,
        )

        pending_subscription_refund.additional_properties = d
        return pending_subscription_refund

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
