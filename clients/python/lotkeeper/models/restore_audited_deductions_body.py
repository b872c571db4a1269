from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RestoreAuditedDeductionsBody")


@_attrs_define
class RestoreAuditedDeductionsBody:
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """
    adjustments: list[str] | Unset = UNSET
    """ Ids of deductions.by_support; all that are not restored if omitted. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        adjustments: list[str] | Unset = UNSET
        if not isinstance(self.adjustments, Unset):
            adjustments = self.adjustments

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if adjustments is not UNSET:
            field_dict["adjustments"] = adjustments

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        adjustments = cast(list[str], d.pop("adjustments", UNSET))

        restore_audited_deductions_body = cls(
            reason=reason,
            adjustments=adjustments,
        )

        return restore_audited_deductions_body
