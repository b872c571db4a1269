from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.import_rejected_item_kind import ImportRejectedItemKind, check_import_rejected_item_kind

T = TypeVar("T", bound="ImportRejectedItem")


@_attrs_define
class ImportRejectedItem:
    kind: ImportRejectedItemKind
    """ The list that has the record. """
    index: int
    """ Position of the record in its list, from 0. """
    reason: str
    """ What is wrong with it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        index = self.index

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "index": index,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_import_rejected_item_kind(d.pop("kind"))

        index = d.pop("index")

        reason = d.pop("reason")

        import_rejected_item = cls(
            kind=kind,
            index=index,
            reason=reason,
        )

        import_rejected_item.additional_properties = d
        return import_rejected_item

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
