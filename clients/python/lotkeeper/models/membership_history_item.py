from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.membership_history_item_detail import MembershipHistoryItemDetail


T = TypeVar("T", bound="MembershipHistoryItem")


@_attrs_define
class MembershipHistoryItem:
    at: datetime.datetime
    """ When it happened. """
    what: str
    """ The kind of event, such as granted, lapsed or refunded. """
    detail: MembershipHistoryItemDetail | None
    """ More about it; null if there is no more. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.membership_history_item_detail import MembershipHistoryItemDetail  # noqa: PLC0415

        at = self.at.isoformat()

        what = self.what

        detail: dict[str, Any] | None
        if isinstance(self.detail, MembershipHistoryItemDetail):
            detail = self.detail.to_dict()
        else:
            detail = self.detail

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "what": what,
                "detail": detail,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.membership_history_item_detail import MembershipHistoryItemDetail  # noqa: PLC0415

        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        what = d.pop("what")

        def _parse_detail(data: object) -> MembershipHistoryItemDetail | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                detail_detail = MembershipHistoryItemDetail.from_dict(data)

                return detail_detail
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MembershipHistoryItemDetail | None, data)

        detail = _parse_detail(d.pop("detail"))

        membership_history_item = cls(
            at=at,
            what=what,
            detail=detail,
        )

        membership_history_item.additional_properties = d
        return membership_history_item

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
