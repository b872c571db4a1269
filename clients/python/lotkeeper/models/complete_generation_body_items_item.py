from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.complete_generation_body_items_item_usage import CompleteGenerationBodyItemsItemUsage


T = TypeVar("T", bound="CompleteGenerationBodyItemsItem")


@_attrs_define
class CompleteGenerationBodyItemsItem:
    index: int
    """ Position of the output, from 0. """
    ok: bool
    """ Whether the output was delivered. Outputs that were not delivered cost nothing. """
    usage: CompleteGenerationBodyItemsItemUsage | Unset = UNSET
    """ What this output used, by meter. """
    note: str | Unset = UNSET
    """ For your own records. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        ok = self.ok

        usage: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage, Unset):
            usage = self.usage.to_dict()

        note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "index": index,
                "ok": ok,
            }
        )
        if usage is not UNSET:
            field_dict["usage"] = usage
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.complete_generation_body_items_item_usage import CompleteGenerationBodyItemsItemUsage  # noqa: PLC0415

        d = dict(src_dict)
        index = d.pop("index")

        ok = d.pop("ok")

        _usage = d.pop("usage", UNSET)
        usage: CompleteGenerationBodyItemsItemUsage | Unset
        if isinstance(_usage, Unset):
            usage = UNSET
        else:
            usage = CompleteGenerationBodyItemsItemUsage.from_dict(_usage)

        note = d.pop("note", UNSET)

        complete_generation_body_items_item = cls(
            index=index,
            ok=ok,
            usage=usage,
            note=note,
        )

        return complete_generation_body_items_item
