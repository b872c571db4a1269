from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.create_key_response_201_scope import CreateKeyResponse201Scope, check_create_key_response_201_scope

T = TypeVar("T", bound="CreateKeyResponse201")


@_attrs_define
class CreateKeyResponse201:
    id: str
    """ Id of the object. """
    name: str
    """ Name for people. """
    scope: CreateKeyResponse201Scope
    """ The calls that the key may make. Each scope includes those before it. """
    created_at: datetime.datetime
    """ When it was created. """
    key: str
    """ The secret for the Authorization header. Shown once. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        scope: str = self.scope

        created_at = self.created_at.isoformat()

        key = self.key

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "scope": scope,
                "created_at": created_at,
                "key": key,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        scope = check_create_key_response_201_scope(d.pop("scope"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        key = d.pop("key")

        create_key_response_201 = cls(
            id=id,
            name=name,
            scope=scope,
            created_at=created_at,
            key=key,
        )

        create_key_response_201.additional_properties = d
        return create_key_response_201

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
