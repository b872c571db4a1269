from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AuditDeductionsBySupportItem")


@_attrs_define
class AuditDeductionsBySupportItem:
    id: str
    """ Idempotency-Key of the adjustment. """
    at: datetime.datetime
    """ When it happened. """
    credits_: int
    """ Number of credits. """
    reason: str
    """ The reason that support gave. """
    restored: bool
    """ Whether an audit has restored it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        at = self.at.isoformat()

        credits_ = self.credits_

        reason = self.reason

        restored = self.restored

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "at": at,
                "credits": credits_,
                "reason": reason,
                "restored": restored,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        credits_ = d.pop("credits")

        reason = d.pop("reason")

        restored = d.pop("restored")

        audit_deductions_by_support_item = cls(
            id=id,
            at=at,
            credits_=credits_,
            reason=reason,
            restored=restored,
        )

        audit_deductions_by_support_item.additional_properties = d
        return audit_deductions_by_support_item

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
