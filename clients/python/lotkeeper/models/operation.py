from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.operation_free_trials import OperationFreeTrials
    from ..models.operation_options import OperationOptions
    from ..models.operation_price_range import OperationPriceRange
    from ..models.operation_requires import OperationRequires
    from ..models.operation_settlement import OperationSettlement
    from ..models.rate_card import RateCard


T = TypeVar("T", bound="Operation")


@_attrs_define
class Operation:
    """Something that costs credits, as the policy defines it."""

    operation: str
    """ Name of the operation in the policy. """
    unit: str
    """ What one output is, such as image or second. """
    unit_cost: int | None
    """ Credits per output; null: the price is stated in the request, or rates decide. """
    price_range: None | OperationPriceRange
    """ Between what the price per output must be; null: the cost is fixed. """
    rates: None | RateCard
    """ The price of an operation by outputs, options and measured quantities; null where outputs have a price. """
    settlement: OperationSettlement
    """ How its generations are settled. """
    default_outputs: int
    """ Outputs if the request names no number. """
    maximum_outputs: int
    """ The most outputs of one request. """
    options: OperationOptions
    """ The possible values of each option. """
    requires: OperationRequires
    """ Options that require other options. """
    required_options: list[str]
    """ Options that every request must set. """
    plans: list[str] | None
    """ The plans whose members may use it; null: every account may. """
    free_trials: None | OperationFreeTrials
    """ For accounts that were never a member; used is null without an account. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.operation_free_trials import OperationFreeTrials  # noqa: PLC0415
        from ..models.operation_price_range import OperationPriceRange  # noqa: PLC0415
        from ..models.rate_card import RateCard  # noqa: PLC0415

        operation = self.operation

        unit = self.unit

        unit_cost: int | None
        unit_cost = self.unit_cost

        price_range: dict[str, Any] | None
        if isinstance(self.price_range, OperationPriceRange):
            price_range = self.price_range.to_dict()
        else:
            price_range = self.price_range

        rates: dict[str, Any] | None
        if isinstance(self.rates, RateCard):
            rates = self.rates.to_dict()
        else:
            rates = self.rates

        settlement = self.settlement.to_dict()

        default_outputs = self.default_outputs

        maximum_outputs = self.maximum_outputs

        options = self.options.to_dict()

        requires = self.requires.to_dict()

        required_options = self.required_options

        plans: list[str] | None
        if isinstance(self.plans, list):
            plans = self.plans

        else:
            plans = self.plans

        free_trials: dict[str, Any] | None
        if isinstance(self.free_trials, OperationFreeTrials):
            free_trials = self.free_trials.to_dict()
        else:
            free_trials = self.free_trials

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "operation": operation,
                "unit": unit,
                "unit_cost": unit_cost,
                "price_range": price_range,
                "rates": rates,
                "settlement": settlement,
                "default_outputs": default_outputs,
                "maximum_outputs": maximum_outputs,
                "options": options,
                "requires": requires,
                "required_options": required_options,
                "plans": plans,
                "free_trials": free_trials,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.operation_free_trials import OperationFreeTrials  # noqa: PLC0415
        from ..models.operation_options import OperationOptions  # noqa: PLC0415
        from ..models.operation_price_range import OperationPriceRange  # noqa: PLC0415
        from ..models.operation_requires import OperationRequires  # noqa: PLC0415
        from ..models.operation_settlement import OperationSettlement  # noqa: PLC0415
        from ..models.rate_card import RateCard  # noqa: PLC0415

        d = dict(src_dict)
        operation = d.pop("operation")

        unit = d.pop("unit")

        def _parse_unit_cost(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        unit_cost = _parse_unit_cost(d.pop("unit_cost"))

        def _parse_price_range(data: object) -> None | OperationPriceRange:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                price_range_price_range = OperationPriceRange.from_dict(data)

                return price_range_price_range
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | OperationPriceRange, data)

        price_range = _parse_price_range(d.pop("price_range"))

        def _parse_rates(data: object) -> None | RateCard:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_rate_card_rate_card = RateCard.from_dict(data)

                return componentsschemas_rate_card_rate_card
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RateCard, data)

        rates = _parse_rates(d.pop("rates"))

        settlement = OperationSettlement.from_dict(d.pop("settlement"))

        default_outputs = d.pop("default_outputs")

        maximum_outputs = d.pop("maximum_outputs")

        options = OperationOptions.from_dict(d.pop("options"))

        requires = OperationRequires.from_dict(d.pop("requires"))

        required_options = cast(list[str], d.pop("required_options"))

        def _parse_plans(data: object) -> list[str] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                plans_type_0 = cast(list[str], data)

                return plans_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None, data)

        plans = _parse_plans(d.pop("plans"))

        def _parse_free_trials(data: object) -> None | OperationFreeTrials:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                free_trials_free_trials = OperationFreeTrials.from_dict(data)

                return free_trials_free_trials
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | OperationFreeTrials, data)

        free_trials = _parse_free_trials(d.pop("free_trials"))

        operation = cls(
            operation=operation,
            unit=unit,
            unit_cost=unit_cost,
            price_range=price_range,
            rates=rates,
            settlement=settlement,
            default_outputs=default_outputs,
            maximum_outputs=maximum_outputs,
            options=options,
            requires=requires,
            required_options=required_options,
            plans=plans,
            free_trials=free_trials,
        )

        operation.additional_properties = d
        return operation

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
