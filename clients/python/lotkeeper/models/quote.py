from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.price_line import PriceLine
    from ..models.quote_draws_item import QuoteDrawsItem
    from ..models.quote_refusal import QuoteRefusal


T = TypeVar("T", bound="Quote")


@_attrs_define
class Quote:
    """The cost of a generation. Nothing is held."""

    cost: int | None
    """ Credits in total; null if the price is out of range. """
    unit_cost: int | None
    """ Credits per output; null if the price is out of range, or rates or a maximum decide. """
    free_trial: bool
    """ Whether a free trial pays, so that no credits are drawn. """
    allowed: bool
    """ Whether a reservation would succeed now. """
    refusal: None | QuoteRefusal
    """ The error that a reservation would get, with its fields; null if it is allowed. """
    draws: list[QuoteDrawsItem]
    """ The lots from which the credits are taken, in spending order. """
    price_lines: list[PriceLine]
    """ The cost line by line; the lines add up to it before it is rounded up. Empty if it is free. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.quote_refusal import QuoteRefusal  # noqa: PLC0415

        cost: int | None
        cost = self.cost

        unit_cost: int | None
        unit_cost = self.unit_cost

        free_trial = self.free_trial

        allowed = self.allowed

        refusal: dict[str, Any] | None
        if isinstance(self.refusal, QuoteRefusal):
            refusal = self.refusal.to_dict()
        else:
            refusal = self.refusal

        draws = []
        for draws_item_data in self.draws:
            draws_item = draws_item_data.to_dict()
            draws.append(draws_item)

        price_lines = []
        for price_lines_item_data in self.price_lines:
            price_lines_item = price_lines_item_data.to_dict()
            price_lines.append(price_lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cost": cost,
                "unit_cost": unit_cost,
                "free_trial": free_trial,
                "allowed": allowed,
                "refusal": refusal,
                "draws": draws,
                "price_lines": price_lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.price_line import PriceLine  # noqa: PLC0415
        from ..models.quote_draws_item import QuoteDrawsItem  # noqa: PLC0415
        from ..models.quote_refusal import QuoteRefusal  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_cost(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        cost = _parse_cost(d.pop("cost"))

        def _parse_unit_cost(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        unit_cost = _parse_unit_cost(d.pop("unit_cost"))

        free_trial = d.pop("free_trial")

        allowed = d.pop("allowed")

        def _parse_refusal(data: object) -> None | QuoteRefusal:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                refusal_refusal = QuoteRefusal.from_dict(data)

                return refusal_refusal
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QuoteRefusal, data)

        refusal = _parse_refusal(d.pop("refusal"))

        draws = []
        _draws = d.pop("draws")
        for draws_item_data in _draws:
            draws_item = QuoteDrawsItem.from_dict(draws_item_data)

            draws.append(draws_item)

        price_lines = []
        _price_lines = d.pop("price_lines")
        for price_lines_item_data in _price_lines:
            price_lines_item = PriceLine.from_dict(price_lines_item_data)

            price_lines.append(price_lines_item)

        quote = cls(
            cost=cost,
            unit_cost=unit_cost,
            free_trial=free_trial,
            allowed=allowed,
            refusal=refusal,
            draws=draws,
            price_lines=price_lines,
        )

        quote.additional_properties = d
        return quote

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
