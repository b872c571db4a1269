from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="DismissPaymentBody")


@_attrs_define
class DismissPaymentBody:
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """
    account: str | Unset = UNSET
    """ The account that it is about: its activity log records the dismissal. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        account = self.account

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if account is not UNSET:
            field_dict["account"] = account

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        account = d.pop("account", UNSET)

        dismiss_payment_body = cls(
            reason=reason,
            account=account,
        )

        return dismiss_payment_body
