from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.start_purchase_body_provider import StartPurchaseBodyProvider, check_start_purchase_body_provider
from ..types import UNSET, Unset

T = TypeVar("T", bound="StartPurchaseBody")


@_attrs_define
class StartPurchaseBody:
    pack: str
    """ Id of the pack in the policy. """
    quantity: int | Unset = 1
    """ Number of packs. """
    provider: StartPurchaseBodyProvider | Unset = UNSET
    """ How it is paid; the policy's first provider if omitted. """
    payment_method: str | Unset = UNSET
    """ A method of the packs answer, which decides on the provider. Left out: the customer chooses at the provider.
    """
    gift_to: str | Unset = UNSET
    """ Send the code to this address. For packs that are delivered as codes. """
    buyer_email: str | Unset = UNSET
    """ Where the buyer gets the code and receipts; the account's address if omitted. """

    def to_dict(self) -> dict[str, Any]:
        pack = self.pack

        quantity = self.quantity

        provider: str | Unset = UNSET
        if not isinstance(self.provider, Unset):
            provider = self.provider

        payment_method = self.payment_method

        gift_to = self.gift_to

        buyer_email = self.buyer_email

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "pack": pack,
            }
        )
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if provider is not UNSET:
            field_dict["provider"] = provider
        if payment_method is not UNSET:
            field_dict["payment_method"] = payment_method
        if gift_to is not UNSET:
            field_dict["gift_to"] = gift_to
        if buyer_email is not UNSET:
            field_dict["buyer_email"] = buyer_email

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        pack = d.pop("pack")

        quantity = d.pop("quantity", UNSET)

        _provider = d.pop("provider", UNSET)
        provider: StartPurchaseBodyProvider | Unset
        if isinstance(_provider, Unset):
            provider = UNSET
        else:
            provider = check_start_purchase_body_provider(_provider)

        payment_method = d.pop("payment_method", UNSET)

        gift_to = d.pop("gift_to", UNSET)

        buyer_email = d.pop("buyer_email", UNSET)

        start_purchase_body = cls(
            pack=pack,
            quantity=quantity,
            provider=provider,
            payment_method=payment_method,
            gift_to=gift_to,
            buyer_email=buyer_email,
        )

        return start_purchase_body
