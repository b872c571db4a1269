from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.credits_granted_event_data_origin import CreditsGrantedEventDataOrigin


T = TypeVar("T", bound="CreditsGrantedEventData")


@_attrs_define
class CreditsGrantedEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    lot: str
    """ Id of the lot. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits. """
    expires_at: datetime.datetime | None
    """ When the credits expire; null: never. """
    reason: str
    """ Why, such as month or purchase, or the reason that support gave. """
    origin: CreditsGrantedEventDataOrigin
    """ The cause of the grant. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        lot = self.lot

        source = self.source

        amount = self.amount

        expires_at: None | str
        if isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        reason = self.reason

        origin = self.origin.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "lot": lot,
                "source": source,
                "amount": amount,
                "expires_at": expires_at,
                "reason": reason,
                "origin": origin,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.credits_granted_event_data_origin import CreditsGrantedEventDataOrigin  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        lot = d.pop("lot")

        source = d.pop("source")

        amount = d.pop("amount")

        def _parse_expires_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_at_type_0 = datetime.datetime.fromisoformat(data)

                return expires_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        expires_at = _parse_expires_at(d.pop("expires_at"))

        reason = d.pop("reason")

        origin = CreditsGrantedEventDataOrigin.from_dict(d.pop("origin"))

        credits_granted_event_data = cls(
            account=account,
            lot=lot,
            source=source,
            amount=amount,
            expires_at=expires_at,
            reason=reason,
            origin=origin,
        )

        credits_granted_event_data.additional_properties = d
        return credits_granted_event_data

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
