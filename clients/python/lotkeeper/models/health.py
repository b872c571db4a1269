from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.health_counts_item import HealthCountsItem
    from ..models.health_schedules_type_0_item import HealthSchedulesType0Item


T = TypeVar("T", bound="Health")


@_attrs_define
class Health:
    """Work of a product, and the schedules that keep it going."""

    counts: list[HealthCountsItem]
    """ Open and overdue work, as in /metrics. """
    schedules: list[HealthSchedulesType0Item] | None
    """ Of all products; null if Temporal cannot be reached. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        counts = []
        for counts_item_data in self.counts:
            counts_item = counts_item_data.to_dict()
            counts.append(counts_item)

        schedules: list[dict[str, Any]] | None
        if isinstance(self.schedules, list):
            schedules = []
            for schedules_type_0_item_data in self.schedules:
                schedules_type_0_item = schedules_type_0_item_data.to_dict()
                schedules.append(schedules_type_0_item)

        else:
            schedules = self.schedules

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "counts": counts,
                "schedules": schedules,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.health_counts_item import HealthCountsItem  # noqa: PLC0415
        from ..models.health_schedules_type_0_item import HealthSchedulesType0Item  # noqa: PLC0415

        d = dict(src_dict)
        counts = []
        _counts = d.pop("counts")
        for counts_item_data in _counts:
            counts_item = HealthCountsItem.from_dict(counts_item_data)

            counts.append(counts_item)

        def _parse_schedules(data: object) -> list[HealthSchedulesType0Item] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                schedules_type_0 = []
                _schedules_type_0 = data
                for schedules_type_0_item_data in _schedules_type_0:
                    schedules_type_0_item = HealthSchedulesType0Item.from_dict(schedules_type_0_item_data)

                    schedules_type_0.append(schedules_type_0_item)

                return schedules_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[HealthSchedulesType0Item] | None, data)

        schedules = _parse_schedules(d.pop("schedules"))

        health = cls(
            counts=counts,
            schedules=schedules,
        )

        health.additional_properties = d
        return health

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
