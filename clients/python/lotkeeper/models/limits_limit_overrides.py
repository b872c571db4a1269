from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.limits_limit_overrides_arrangement import LimitsLimitOverridesArrangement


T = TypeVar("T", bound="LimitsLimitOverrides")


@_attrs_define
class LimitsLimitOverrides:
    """What support has set for this account."""

    daily_limit: int | Unset = UNSET
    """ Credits a day. """
    concurrency: int | Unset = UNSET
    """ Generations in progress at the same time. """
    arrangement: LimitsLimitOverridesArrangement | Unset = UNSET
    """ Special terms. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        daily_limit = self.daily_limit

        concurrency = self.concurrency

        arrangement: dict[str, Any] | Unset = UNSET
        if not isinstance(self.arrangement, Unset):
            arrangement = self.arrangement.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if daily_limit is not UNSET:
            field_dict["daily_limit"] = daily_limit
        if concurrency is not UNSET:
            field_dict["concurrency"] = concurrency
        if arrangement is not UNSET:
            field_dict["arrangement"] = arrangement

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.limits_limit_overrides_arrangement import LimitsLimitOverridesArrangement  # noqa: PLC0415

        d = dict(src_dict)
        daily_limit = d.pop("daily_limit", UNSET)

        concurrency = d.pop("concurrency", UNSET)

        _arrangement = d.pop("arrangement", UNSET)
        arrangement: LimitsLimitOverridesArrangement | Unset
        if isinstance(_arrangement, Unset):
            arrangement = UNSET
        else:
            arrangement = LimitsLimitOverridesArrangement.from_dict(_arrangement)

        limits_limit_overrides = cls(
            daily_limit=daily_limit,
            concurrency=concurrency,
            arrangement=arrangement,
        )

        limits_limit_overrides.additional_properties = d
        return limits_limit_overrides

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
