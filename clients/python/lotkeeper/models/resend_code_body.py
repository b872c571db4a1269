from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ResendCodeBody")


@_attrs_define
class ResendCodeBody:
    email: str | Unset = UNSET
    """ Corrects the address of the purchase. """
    reason: str | Unset = UNSET
    """ Stored in the activity log and the ledger. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        email = self.email

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if email is not UNSET:
            field_dict["email"] = email
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        email = d.pop("email", UNSET)

        reason = d.pop("reason", UNSET)

        resend_code_body = cls(
            email=email,
            reason=reason,
        )

        return resend_code_body
