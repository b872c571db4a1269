from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ReportDefectBody")


@_attrs_define
class ReportDefectBody:
    reason: str | Unset = UNSET
    """ What is wrong. No personal data. """
    items: list[int] | Unset = UNSET
    """ Indexes of defective items. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        items: list[int] | Unset = UNSET
        if not isinstance(self.items, Unset):
            items = self.items

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if reason is not UNSET:
            field_dict["reason"] = reason
        if items is not UNSET:
            field_dict["items"] = items

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason", UNSET)

        items = cast(list[int], d.pop("items", UNSET))

        report_defect_body = cls(
            reason=reason,
            items=items,
        )

        return report_defect_body
