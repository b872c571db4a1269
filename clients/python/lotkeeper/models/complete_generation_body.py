from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.complete_generation_body_items_item import CompleteGenerationBodyItemsItem
    from ..models.complete_generation_body_usage import CompleteGenerationBodyUsage


T = TypeVar("T", bound="CompleteGenerationBody")


@_attrs_define
class CompleteGenerationBody:
    delivered: int | Unset = UNSET
    """ Number of delivered outputs; all if omitted. The others cost nothing. """
    items: list[CompleteGenerationBodyItemsItem] | Unset = UNSET
    """ Delivered and failed outputs by index. Outputs that are not listed stay reserved. """
    usage: CompleteGenerationBodyUsage | Unset = UNSET
    """ What it used, by meter. Metered operations need it unless it was reported before; with items, each states
    its own. """
    cost: int | Unset = UNSET
    """ The credits that it costs in all, where the policy lets the service state them. """

    def to_dict(self) -> dict[str, Any]:
        delivered = self.delivered

        items: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.items, Unset):
            items = []
            for items_item_data in self.items:
                items_item = items_item_data.to_dict()
                items.append(items_item)

        usage: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage, Unset):
            usage = self.usage.to_dict()

        cost = self.cost

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if delivered is not UNSET:
            field_dict["delivered"] = delivered
        if items is not UNSET:
            field_dict["items"] = items
        if usage is not UNSET:
            field_dict["usage"] = usage
        if cost is not UNSET:
            field_dict["cost"] = cost

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.complete_generation_body_items_item import CompleteGenerationBodyItemsItem  # noqa: PLC0415
        from ..models.complete_generation_body_usage import CompleteGenerationBodyUsage  # noqa: PLC0415

        d = dict(src_dict)
        delivered = d.pop("delivered", UNSET)

        _items = d.pop("items", UNSET)
        items: list[CompleteGenerationBodyItemsItem] | Unset = UNSET
        if _items is not UNSET:
            items = []
            for items_item_data in _items:
                items_item = CompleteGenerationBodyItemsItem.from_dict(items_item_data)

                items.append(items_item)

        _usage = d.pop("usage", UNSET)
        usage: CompleteGenerationBodyUsage | Unset
        if isinstance(_usage, Unset):
            usage = UNSET
        else:
            usage = CompleteGenerationBodyUsage.from_dict(_usage)

        cost = d.pop("cost", UNSET)

        complete_generation_body = cls(
            delivered=delivered,
            items=items,
            usage=usage,
            cost=cost,
        )

        return complete_generation_body
