from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CloseAccountResponse200")


@_attrs_define
class CloseAccountResponse200:
    account: str
    """ The product's own id of the account. Not an email address: it appears in workflow histories. """
    closed_at: datetime.datetime
    """ When the account was closed. """
    valid_codes: int
    """ Codes that it bought and nobody redeemed. They stay valid for whoever has them. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        closed_at = self.closed_at.isoformat()

        valid_codes = self.valid_codes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "closed_at": closed_at,
                "valid_codes": valid_codes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        closed_at = datetime.datetime.fromisoformat(d.pop("closed_at"))

        valid_codes = d.pop("valid_codes")

        close_account_response_200 = cls(
            account=account,
            closed_at=closed_at,
            valid_codes=valid_codes,
        )

        close_account_response_200.additional_properties = d
        return close_account_response_200

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
