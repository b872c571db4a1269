from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ComparePolicyBody")


@_attrs_define
class ComparePolicyBody:
    yaml: str
    """ The whole draft, as a policy file. """

    def to_dict(self) -> dict[str, Any]:
        yaml = self.yaml

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "yaml": yaml,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        yaml = d.pop("yaml")

        compare_policy_body = cls(
            yaml=yaml,
        )

        return compare_policy_body
