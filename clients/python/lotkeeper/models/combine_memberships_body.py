from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CombineMembershipsBody")


@_attrs_define
class CombineMembershipsBody:
    memberships: list[str]
    """ Ids of the memberships. """
    reason: str | Unset = UNSET
    """ Stored in the activity log and the ledger. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        memberships = self.memberships

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "memberships": memberships,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        memberships = cast(list[str], d.pop("memberships"))

        reason = d.pop("reason", UNSET)

        combine_memberships_body = cls(
            memberships=memberships,
            reason=reason,
        )

        return combine_memberships_body
