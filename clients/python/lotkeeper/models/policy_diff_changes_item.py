from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PolicyDiffChangesItem")


@_attrs_define
class PolicyDiffChangesItem:
    who: str
    """ Whom it concerns. """
    lines: list[str]
    """ The old and the new value, one line each. """
    keeps: None | str
    """ The accounts and credits that keep their old terms; null if the change leaves none. """
    accounts: int
    """ Open accounts that meet the change, by their plans now; 0 for settings that customers do not meet. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        who = self.who

        lines = self.lines

        keeps: None | str
        keeps = self.keeps

        accounts = self.accounts

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "who": who,
                "lines": lines,
                "keeps": keeps,
                "accounts": accounts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        who = d.pop("who")

        lines = cast(list[str], d.pop("lines"))

        def _parse_keeps(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        keeps = _parse_keeps(d.pop("keeps"))

        accounts = d.pop("accounts")

        policy_diff_changes_item = cls(
            who=who,
            lines=lines,
            keeps=keeps,
            accounts=accounts,
        )

        policy_diff_changes_item.additional_properties = d
        return policy_diff_changes_item

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
