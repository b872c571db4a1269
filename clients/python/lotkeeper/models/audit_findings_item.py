from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AuditFindingsItem")


@_attrs_define
class AuditFindingsItem:
    kind: str
    """ What differs, such as grant_missing or grant_unexpected. """
    subject: str
    """ Key of a grant, lot, entry, generation or purchase. """
    at: datetime.datetime | None
    """ When the difference arose; null if unknown. """
    source: None | str
    """ Name of the source in the policy; null if it concerns none. """
    credits_: int
    """ How many credits are missing or too many. """
    repaired: bool
    """ Whether the audit corrects it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        subject = self.subject

        at: None | str
        if isinstance(self.at, datetime.datetime):
            at = self.at.isoformat()
        else:
            at = self.at

        source: None | str
        source = self.source

        credits_ = self.credits_

        repaired = self.repaired

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "subject": subject,
                "at": at,
                "source": source,
                "credits": credits_,
                "repaired": repaired,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = d.pop("kind")

        subject = d.pop("subject")

        def _parse_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                at_type_0 = datetime.datetime.fromisoformat(data)

                return at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        at = _parse_at(d.pop("at"))

        def _parse_source(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        source = _parse_source(d.pop("source"))

        credits_ = d.pop("credits")

        repaired = d.pop("repaired")

        audit_findings_item = cls(
            kind=kind,
            subject=subject,
            at=at,
            source=source,
            credits_=credits_,
            repaired=repaired,
        )

        audit_findings_item.additional_properties = d
        return audit_findings_item

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
