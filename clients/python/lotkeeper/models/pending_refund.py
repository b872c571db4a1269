from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PendingRefund")


@_attrs_define
class PendingRefund:
    """A refund by exception that waits for a second person."""

    purchase: str
    """ Id of the purchase. """
    state: Literal["awaiting_approval"]
    """ Always awaiting_approval. """
    approval: str
    """ Id of the approval that it waits for. """
    credits_: int
    """ Unused credits that will be revoked, if they are still there. """
    amount: int
    """ Money that will go back, in minor units. """
    currency: str
    """ ISO 4217 code, such as USD. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        purchase = self.purchase

        state = self.state

        approval = self.approval

        credits_ = self.credits_

        amount = self.amount

        currency = self.currency

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "purchase": purchase,
                "state": state,
                "approval": approval,
                "credits": credits_,
                "amount": amount,
                "currency": currency,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        purchase = d.pop("purchase")

        state = cast(Literal["awaiting_approval"], d.pop("state"))
        if state != "awaiting_approval":
            raise ValueError(f"state must match const 'awaiting_approval', got '{state}'")

        approval = d.pop("approval")

        credits_ = d.pop("credits")

        amount = d.pop("amount")

        currency = d.pop("currency")

        pending_refund = cls(
            purchase=purchase,
            state=state,
            approval=approval,
            credits_=credits_,
            amount=amount,
            currency=currency,
        )

        pending_refund.additional_properties = d
        return pending_refund

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
