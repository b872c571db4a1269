from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="SearchPurchasesBody")


@_attrs_define
class SearchPurchasesBody:
    reference: str | Unset = UNSET
    """ The purchase's id, or the payment's at the provider. """
    email: str | Unset = UNSET
    """ The address of the buyer, of the recipient of a gift, or of the account. """
    code: str | Unset = UNSET
    """ A redemption code, also one that was replaced or redeemed. """

    def to_dict(self) -> dict[str, Any]:
        reference = self.reference

        email = self.email

        code = self.code

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if reference is not UNSET:
            field_dict["reference"] = reference
        if email is not UNSET:
            field_dict["email"] = email
        if code is not UNSET:
            field_dict["code"] = code

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reference = d.pop("reference", UNSET)

        email = d.pop("email", UNSET)

        code = d.pop("code", UNSET)

        search_purchases_body = cls(
            reference=reference,
            email=email,
            code=code,
        )

        return search_purchases_body
