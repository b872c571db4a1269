from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RefundPurchaseBody")


@_attrs_define
class RefundPurchaseBody:
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """
    exception: bool | Unset = False
    """ Whether to refund whatever the policy says. Above its limit a second person must approve. """
    amount: int | Unset = UNSET
    """ Money to refund by exception, in minor units; the price of the unused credits if omitted. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        exception = self.exception

        amount = self.amount

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if exception is not UNSET:
            field_dict["exception"] = exception
        if amount is not UNSET:
            field_dict["amount"] = amount

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        exception = d.pop("exception", UNSET)

        amount = d.pop("amount", UNSET)

        refund_purchase_body = cls(
            reason=reason,
            exception=exception,
            amount=amount,
        )

        return refund_purchase_body
