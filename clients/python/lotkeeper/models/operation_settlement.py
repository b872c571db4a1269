from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.operation_settlement_excess import OperationSettlementExcess, check_operation_settlement_excess

T = TypeVar("T", bound="OperationSettlement")


@_attrs_define
class OperationSettlement:
    """How its generations are settled."""

    stated_cost: bool
    """ Whether it may be completed with a cost, within price_range. """
    excess: OperationSettlementExcess
    """ If the actual cost is above what is held. reject: refused. cap: what is held is charged. draw: the
    difference is taken from what is available. """
    maximum_hold: int | None
    """ The most credits that one request may hold; null: no limit. """
    late_settlement: None | str
    """ How long after the deadline a result is still charged, as ISO 8601; null: it is not. """
    extendable_to: None | str
    """ How long after the reservation the deadline can be moved, as ISO 8601; null: it cannot be moved. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        stated_cost = self.stated_cost

        excess: str = self.excess

        maximum_hold: int | None
        maximum_hold = self.maximum_hold

        late_settlement: None | str
        late_settlement = self.late_settlement

        extendable_to: None | str
        extendable_to = self.extendable_to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "stated_cost": stated_cost,
                "excess": excess,
                "maximum_hold": maximum_hold,
                "late_settlement": late_settlement,
                "extendable_to": extendable_to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        stated_cost = d.pop("stated_cost")

        excess = check_operation_settlement_excess(d.pop("excess"))

        def _parse_maximum_hold(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        maximum_hold = _parse_maximum_hold(d.pop("maximum_hold"))

        def _parse_late_settlement(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        late_settlement = _parse_late_settlement(d.pop("late_settlement"))

        def _parse_extendable_to(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        extendable_to = _parse_extendable_to(d.pop("extendable_to"))

        operation_settlement = cls(
            stated_cost=stated_cost,
            excess=excess,
            maximum_hold=maximum_hold,
            late_settlement=late_settlement,
            extendable_to=extendable_to,
        )

        operation_settlement.additional_properties = d
        return operation_settlement

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
