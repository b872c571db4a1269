from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.policy_sections_item import PolicySectionsItem


T = TypeVar("T", bound="Policy")


@_attrs_define
class Policy:
    """The settings of one version of the policy, in plain words."""

    product: str
    """ Id of the product. """
    name: str
    """ Name for people. """
    version: int
    """ Number of the version. """
    published_at: datetime.datetime
    """ From when on it applies. """
    sections: list[PolicySectionsItem]
    """ Its subjects. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        product = self.product

        name = self.name

        version = self.version

        published_at = self.published_at.isoformat()

        sections = []
        for sections_item_data in self.sections:
            sections_item = sections_item_data.to_dict()
            sections.append(sections_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "product": product,
                "name": name,
                "version": version,
                "published_at": published_at,
                "sections": sections,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.policy_sections_item import PolicySectionsItem  # noqa: PLC0415

        d = dict(src_dict)
        product = d.pop("product")

        name = d.pop("name")

        version = d.pop("version")

        published_at = datetime.datetime.fromisoformat(d.pop("published_at"))

        sections = []
        _sections = d.pop("sections")
        for sections_item_data in _sections:
            sections_item = PolicySectionsItem.from_dict(sections_item_data)

            sections.append(sections_item)

        policy = cls(
            product=product,
            name=name,
            version=version,
            published_at=published_at,
            sections=sections,
        )

        policy.additional_properties = d
        return policy

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
