from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CompleteGenerationBodyItemsItem")


@_attrs_define
class CompleteGenerationBodyItemsItem:
    index: int
    """ Position of the output, from 0. """
    ok: bool
    """ Whether the output was delivered. Outputs that were not delivered cost nothing. """
    note: str | Unset = UNSET
    """ For your own records. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        ok = self.ok

        note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "index": index,
                "ok": ok,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        index = d.pop("index")

        ok = d.pop("ok")

        note = d.pop("note", UNSET)

        complete_generation_body_items_item = cls(
            index=index,
            ok=ok,
            note=note,
        )

        return complete_generation_body_items_item
