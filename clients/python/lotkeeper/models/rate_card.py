from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.rate_card_rounding import RateCardRounding, check_rate_card_rounding

if TYPE_CHECKING:
    from ..models.rate_meter import RateMeter
    from ..models.rate_option import RateOption


T = TypeVar("T", bound="RateCard")


@_attrs_define
class RateCard:
    per_output: float
    """ Credits for each delivered output. """
    options: list[RateOption]
    """ The prices of the values of options. """
    meters: list[RateMeter]
    """ The prices of measured quantities. """
    minimum: int
    """ The least that a generation costs. """
    maximum: int | None
    """ The most that a generation costs; null: no upper bound. """
    rounding: RateCardRounding
    """ up: each generation is rounded up. carry: the fraction of a credit is charged with the next generations of
    the account. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        per_output = self.per_output

        options = []
        for options_item_data in self.options:
            options_item = options_item_data.to_dict()
            options.append(options_item)

        meters = []
        for meters_item_data in self.meters:
            meters_item = meters_item_data.to_dict()
            meters.append(meters_item)

        minimum = self.minimum

        maximum: int | None
        maximum = self.maximum

        rounding: str = self.rounding

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "per_output": per_output,
                "options": options,
                "meters": meters,
                "minimum": minimum,
                "maximum": maximum,
                "rounding": rounding,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rate_meter import RateMeter  # noqa: PLC0415
        from ..models.rate_option import RateOption  # noqa: PLC0415

        d = dict(src_dict)
        per_output = d.pop("per_output")

        options = []
        _options = d.pop("options")
        for options_item_data in _options:
            options_item = RateOption.from_dict(options_item_data)

            options.append(options_item)

        meters = []
        _meters = d.pop("meters")
        for meters_item_data in _meters:
            meters_item = RateMeter.from_dict(meters_item_data)

            meters.append(meters_item)

        minimum = d.pop("minimum")

        def _parse_maximum(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        maximum = _parse_maximum(d.pop("maximum"))

        rounding = check_rate_card_rounding(d.pop("rounding"))

        rate_card = cls(
            per_output=per_output,
            options=options,
            meters=meters,
            minimum=minimum,
            maximum=maximum,
            rounding=rounding,
        )

        rate_card.additional_properties = d
        return rate_card

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
