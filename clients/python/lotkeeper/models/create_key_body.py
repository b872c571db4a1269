from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.create_key_body_scope import CreateKeyBodyScope, check_create_key_body_scope

T = TypeVar("T", bound="CreateKeyBody")


@_attrs_define
class CreateKeyBody:
    name: str
    """ Name for people. """
    scope: CreateKeyBodyScope
    """ The calls that the key may make. Each scope includes those before it. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        scope: str = self.scope

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "scope": scope,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        scope = check_create_key_body_scope(d.pop("scope"))

        create_key_body = cls(
            name=name,
            scope=scope,
        )

        return create_key_body
