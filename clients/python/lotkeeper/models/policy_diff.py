from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.policy_diff_changes_item import PolicyDiffChangesItem


T = TypeVar("T", bound="PolicyDiff")


@_attrs_define
class PolicyDiff:
    """The settings that a draft of the policy changes."""

    from_: int
    """ The version in force. """
    to: int
    """ The version of the draft. """
    changes: list[PolicyDiffChangesItem]
    """ Empty if both mean the same. """
    inconsistencies: list[str]
    """ Why the draft should not be installed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from_ = self.from_

        to = self.to

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.to_dict()
            changes.append(changes_item)

        inconsistencies = self.inconsistencies

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "from": from_,
                "to": to,
                "changes": changes,
                "inconsistencies": inconsistencies,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.policy_diff_changes_item import PolicyDiffChangesItem  # noqa: PLC0415

        d = dict(src_dict)
        from_ = d.pop("from")

        to = d.pop("to")

        changes = []
        _changes = d.pop("changes")
        for changes_item_data in _changes:
            changes_item = PolicyDiffChangesItem.from_dict(changes_item_data)

            changes.append(changes_item)

        inconsistencies = cast(list[str], d.pop("inconsistencies"))

        policy_diff = cls(
            from_=from_,
            to=to,
            changes=changes,
            inconsistencies=inconsistencies,
        )

        policy_diff.additional_properties = d
        return policy_diff

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
