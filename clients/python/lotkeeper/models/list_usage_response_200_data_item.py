from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ListUsageResponse200DataItem")


@_attrs_define
class ListUsageResponse200DataItem:
    group: str
    """ The day (YYYY-MM-DD), operation or name of the API key. """
    spent: int
    """ Credits that were spent. """
    refunded: int
    """ Credits that were released after they had been reserved. """
    count: int
    """ Number of generations. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        group = self.group

        spent = self.spent

        refunded = self.refunded

        count = self.count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "group": group,
                "spent": spent,
                "refunded": refunded,
                "count": count,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        group = d.pop("group")

        spent = d.pop("spent")

        refunded = d.pop("refunded")

        count = d.pop("count")

        list_usage_response_200_data_item = cls(
            group=group,
            spent=spent,
            refunded=refunded,
            count=count,
        )

        list_usage_response_200_data_item.additional_properties = d
        return list_usage_response_200_data_item

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
