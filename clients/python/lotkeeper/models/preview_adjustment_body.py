from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PreviewAdjustmentBody")


@_attrs_define
class PreviewAdjustmentBody:
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits to add; negative to remove. """
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        source = self.source

        amount = self.amount

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "source": source,
                "amount": amount,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        source = d.pop("source")

        amount = d.pop("amount")

        reason = d.pop("reason")

        preview_adjustment_body = cls(
            source=source,
            amount=amount,
            reason=reason,
        )

        return preview_adjustment_body
