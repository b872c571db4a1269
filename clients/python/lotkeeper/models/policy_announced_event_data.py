from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.policy_announced_event_data_changes_item import PolicyAnnouncedEventDataChangesItem


T = TypeVar("T", bound="PolicyAnnouncedEventData")


@_attrs_define
class PolicyAnnouncedEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    version: int
    """ Of the policy. """
    applies_at: datetime.datetime
    """ When the version applies. """
    changes: list[PolicyAnnouncedEventDataChangesItem]
    """ What changes for this customer, in English. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        version = self.version

        applies_at = self.applies_at.isoformat()

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.to_dict()
            changes.append(changes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "version": version,
                "applies_at": applies_at,
                "changes": changes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.policy_announced_event_data_changes_item import PolicyAnnouncedEventDataChangesItem  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        version = d.pop("version")

        applies_at = datetime.datetime.fromisoformat(d.pop("applies_at"))

        changes = []
        _changes = d.pop("changes")
        for changes_item_data in _changes:
            changes_item = PolicyAnnouncedEventDataChangesItem.from_dict(changes_item_data)

            changes.append(changes_item)

        policy_announced_event_data = cls(
            account=account,
            version=version,
            applies_at=applies_at,
            changes=changes,
        )

        policy_announced_event_data.additional_properties = d
        return policy_announced_event_data

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
