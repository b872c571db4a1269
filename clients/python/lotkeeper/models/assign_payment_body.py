from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="AssignPaymentBody")


@_attrs_define
class AssignPaymentBody:
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """
    purchase: str | Unset = UNSET
    """ A purchase that is paid through this provider. """
    account: str | Unset = UNSET
    """ With pack: makes a purchase of this account. """
    pack: str | Unset = UNSET
    """ Id of the pack in the policy. """
    quantity: int | Unset = 1
    """ Number of packs. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        purchase = self.purchase

        account = self.account

        pack = self.pack

        quantity = self.quantity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if purchase is not UNSET:
            field_dict["purchase"] = purchase
        if account is not UNSET:
            field_dict["account"] = account
        if pack is not UNSET:
            field_dict["pack"] = pack
        if quantity is not UNSET:
            field_dict["quantity"] = quantity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        purchase = d.pop("purchase", UNSET)

        account = d.pop("account", UNSET)

        pack = d.pop("pack", UNSET)

        quantity = d.pop("quantity", UNSET)

        assign_payment_body = cls(
            reason=reason,
            purchase=purchase,
            account=account,
            pack=pack,
            quantity=quantity,
        )

        return assign_payment_body
