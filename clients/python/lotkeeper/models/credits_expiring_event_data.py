from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CreditsExpiringEventData")


@_attrs_define
class CreditsExpiringEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    lot: str
    """ Id of the lot. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits. """
    days: int
    """ Days until the credits expire. """
    expires_at: datetime.datetime
    """ When the credits expire. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        lot = self.lot

        source = self.source

        amount = self.amount

        days = self.days

        expires_at = self.expires_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "lot": lot,
                "source": source,
                "amount": amount,
                "days": days,
                "expires_at": expires_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        lot = d.pop("lot")

        source = d.pop("source")

        amount = d.pop("amount")

        days = d.pop("days")

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        credits_expiring_event_data = cls(
            account=account,
            lot=lot,
            source=source,
            amount=amount,
            days=days,
            expires_at=expires_at,
        )

        credits_expiring_event_data.additional_properties = d
        return credits_expiring_event_data

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
