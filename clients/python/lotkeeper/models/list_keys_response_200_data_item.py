from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.list_keys_response_200_data_item_scope import (
    ListKeysResponse200DataItemScope,
    check_list_keys_response_200_data_item_scope,
)

T = TypeVar("T", bound="ListKeysResponse200DataItem")


@_attrs_define
class ListKeysResponse200DataItem:
    id: str
    """ Id of the object. """
    name: str
    """ Name for people. """
    scope: ListKeysResponse200DataItemScope
    """ The calls that the key may make. Each scope includes those before it. """
    created_at: datetime.datetime
    """ When it was created. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        scope: str = self.scope

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "scope": scope,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        scope = check_list_keys_response_200_data_item_scope(d.pop("scope"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        list_keys_response_200_data_item = cls(
            id=id,
            name=name,
            scope=scope,
            created_at=created_at,
        )

        list_keys_response_200_data_item.additional_properties = d
        return list_keys_response_200_data_item

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
