from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.lot_origin import LotOrigin


T = TypeVar("T", bound="Lot")


@_attrs_define
class Lot:
    """Credits from one grant. granted = available + held + spent + expired + revoked."""

    id: str
    """ Id of the object. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    granted: int
    """ Credits that the lot was created with. """
    available: int
    """ Credits that can be spent now. """
    held: int
    """ Credits reserved for work in progress. """
    spent: int
    """ Credits that were spent. """
    expired: int
    """ Credits that expired. """
    revoked: int
    """ Credits that were taken back. """
    members_only: bool
    """ Whether only members may spend the lot. """
    frozen: bool
    """ Whether the lot can be spent only while the account is a member, and it is none now. """
    granted_at: datetime.datetime
    """ When the credits were granted. """
    expires_at: datetime.datetime | None
    """ When the credits expire; null: never. """
    origin: LotOrigin
    """ The cause of the grant. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        source = self.source

        granted = self.granted

        available = self.available

        held = self.held

        spent = self.spent

        expired = self.expired

        revoked = self.revoked

        members_only = self.members_only

        frozen = self.frozen

        granted_at = self.granted_at.isoformat()

        expires_at: None | str
        if isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        origin = self.origin.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "source": source,
                "granted": granted,
                "available": available,
                "held": held,
                "spent": spent,
                "expired": expired,
                "revoked": revoked,
                "members_only": members_only,
                "frozen": frozen,
                "granted_at": granted_at,
                "expires_at": expires_at,
                "origin": origin,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lot_origin import LotOrigin  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        source = d.pop("source")

        granted = d.pop("granted")

        available = d.pop("available")

        held = d.pop("held")

        spent = d.pop("spent")

        expired = d.pop("expired")

        revoked = d.pop("revoked")

        members_only = d.pop("members_only")

        frozen = d.pop("frozen")

        granted_at = datetime.datetime.fromisoformat(d.pop("granted_at"))

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

        origin = LotOrigin.from_dict(d.pop("origin"))

        lot = cls(
            id=id,
            source=source,
            granted=granted,
            available=available,
            held=held,
            spent=spent,
            expired=expired,
            revoked=revoked,
            members_only=members_only,
            frozen=frozen,
            granted_at=granted_at,
            expires_at=expires_at,
            origin=origin,
        )

        lot.additional_properties = d
        return lot

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
