from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RefundSubscriptionBody")


@_attrs_define
class RefundSubscriptionBody:
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """
    invoice: str | Unset = UNSET
    """ The paid invoice; the newest with money left if omitted. """
    amount: int | Unset = UNSET
    """ Money to refund, in minor units; all that is left of the payment if omitted. Above the policy's limit a
    second person must approve. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        invoice = self.invoice

        amount = self.amount

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if invoice is not UNSET:
            field_dict["invoice"] = invoice
        if amount is not UNSET:
            field_dict["amount"] = amount

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        invoice = d.pop("invoice", UNSET)

        amount = d.pop("amount", UNSET)

        refund_subscription_body = cls(
            reason=reason,
            invoice=invoice,
            amount=amount,
        )

        return refund_subscription_body
