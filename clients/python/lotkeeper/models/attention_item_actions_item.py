from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.attention_item_actions_item_method import (
    AttentionItemActionsItemMethod,
    check_attention_item_actions_item_method,
)

if TYPE_CHECKING:
    from ..models.attention_item_actions_item_body import AttentionItemActionsItemBody


T = TypeVar("T", bound="AttentionItemActionsItem")


@_attrs_define
class AttentionItemActionsItem:
    name: str
    """ The name of the action. """
    method: AttentionItemActionsItemMethod
    """ Its HTTP method. """
    path: str
    """ Its path. """
    body: AttentionItemActionsItemBody
    """ Its body; words in capitals are yours to fill in. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        method: str = self.method

        path = self.path

        body = self.body.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "method": method,
                "path": path,
                "body": body,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attention_item_actions_item_body import AttentionItemActionsItemBody  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        method = check_attention_item_actions_item_method(d.pop("method"))

        path = d.pop("path")

        body = AttentionItemActionsItemBody.from_dict(d.pop("body"))

        attention_item_actions_item = cls(
            name=name,
            method=method,
            path=path,
            body=body,
        )

        attention_item_actions_item.additional_properties = d
        return attention_item_actions_item

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
