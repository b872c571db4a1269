from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.extend_generation_body_usage import ExtendGenerationBodyUsage


T = TypeVar("T", bound="ExtendGenerationBody")


@_attrs_define
class ExtendGenerationBody:
    timeout_seconds: int
    """ The hold is released after this, counted from now. An earlier deadline changes nothing. """
    usage: ExtendGenerationBodyUsage | Unset = UNSET
    """ What the generation has used so far, by meter. """

    def to_dict(self) -> dict[str, Any]:
        timeout_seconds = self.timeout_seconds

        usage: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage, Unset):
            usage = self.usage.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "timeout_seconds": timeout_seconds,
            }
        )
        if usage is not UNSET:
            field_dict["usage"] = usage

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.extend_generation_body_usage import ExtendGenerationBodyUsage  # noqa: PLC0415

        d = dict(src_dict)
        timeout_seconds = d.pop("timeout_seconds")

        _usage = d.pop("usage", UNSET)
        usage: ExtendGenerationBodyUsage | Unset
        if isinstance(_usage, Unset):
            usage = UNSET
        else:
            usage = ExtendGenerationBodyUsage.from_dict(_usage)

        extend_generation_body = cls(
            timeout_seconds=timeout_seconds,
            usage=usage,
        )

        return extend_generation_body
