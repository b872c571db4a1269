from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.generation_state import GenerationState, check_generation_state

if TYPE_CHECKING:
    from ..models.generation_draws_item import GenerationDrawsItem
    from ..models.generation_items_item import GenerationItemsItem
    from ..models.generation_metadata import GenerationMetadata
    from ..models.generation_refusal import GenerationRefusal
    from ..models.generation_usage import GenerationUsage
    from ..models.generation_usage_estimate import GenerationUsageEstimate
    from ..models.price_line import PriceLine


T = TypeVar("T", bound="Generation")


@_attrs_define
class Generation:
    """Work that credits were reserved for."""

    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    operation: str
    """ Name of the operation in the policy. """
    outputs: int
    """ Number of outputs. """
    state: GenerationState
    """ reserved until it is settled. partially_refunded: some outputs were not delivered. timed_out: nobody settled
    it before the deadline. """
    unit_cost: int | None
    """ Credits per output; null where rates or a maximum decide. """
    cost: int
    """ Credits that were reserved at first. For a metered operation, the most that the estimate can cost. """
    free_trial: bool
    """ Whether a free trial pays, so that no credits are drawn. """
    held: int
    """ Credits reserved for work in progress. """
    spent: int
    """ Credits that were spent. """
    refunded: int
    """ Credits that were released after they had been reserved. """
    draws: list[GenerationDrawsItem]
    """ The lots from which the credits are taken, in spending order. """
    items: list[GenerationItemsItem]
    """ Outputs that were reported one by one; empty if they were settled together. """
    reserved_at: datetime.datetime
    """ When the credits were reserved. """
    deadline: datetime.datetime
    """ When the hold is released if nobody has settled the generation. """
    settled_at: datetime.datetime | None
    """ When the generation ended; null while credits are reserved. """
    refusal: GenerationRefusal | None
    """ Why the reservation was refused, with the fields of the error; null if it was not. """
    metadata: GenerationMetadata | None
    """ Your own data from the reservation; null if there is none. """
    correction_of: None | str
    """ The generation that this one corrects; null if it corrects none. """
    api_key: None | str
    """ Name of the API key that made the request; null if it was not a request. """
    usage_estimate: GenerationUsageEstimate | None
    """ The usage that was estimated; null if it was reserved otherwise. """
    usage: GenerationUsage | None
    """ What it used, by meter: as settled, or as reported so far; null if nothing was stated. """
    late: bool
    """ Whether the result came after the time-out. """
    waived: int
    """ Credits of its actual cost that are not charged, because they were neither held nor available. """
    price_lines: list[PriceLine] | None
    """ The price line by line: of the estimate, and once it is settled of what it used; null where outputs have a
    price. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.generation_metadata import GenerationMetadata  # noqa: PLC0415
        from ..models.generation_refusal import GenerationRefusal  # noqa: PLC0415
        from ..models.generation_usage import GenerationUsage  # noqa: PLC0415
        from ..models.generation_usage_estimate import GenerationUsageEstimate  # noqa: PLC0415

        id = self.id

        account = self.account

        operation = self.operation

        outputs = self.outputs

        state: str = self.state

        unit_cost: int | None
        unit_cost = self.unit_cost

        cost = self.cost

        free_trial = self.free_trial

        held = self.held

        spent = self.spent

        refunded = self.refunded

        draws = []
        for draws_item_data in self.draws:
            draws_item = draws_item_data.to_dict()
            draws.append(draws_item)

        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        reserved_at = self.reserved_at.isoformat()

        deadline = self.deadline.isoformat()

        settled_at: None | str
        if isinstance(self.settled_at, datetime.datetime):
            settled_at = self.settled_at.isoformat()
        else:
            settled_at = self.settled_at

        refusal: dict[str, Any] | None
        if isinstance(self.refusal, GenerationRefusal):
            refusal = self.refusal.to_dict()
        else:
            refusal = self.refusal

        metadata: dict[str, Any] | None
        if isinstance(self.metadata, GenerationMetadata):
            metadata = self.metadata.to_dict()
        else:
            metadata = self.metadata

        correction_of: None | str
        correction_of = self.correction_of

        api_key: None | str
        api_key = self.api_key

        usage_estimate: dict[str, Any] | None
        if isinstance(self.usage_estimate, GenerationUsageEstimate):
            usage_estimate = self.usage_estimate.to_dict()
        else:
            usage_estimate = self.usage_estimate

        usage: dict[str, Any] | None
        if isinstance(self.usage, GenerationUsage):
            usage = self.usage.to_dict()
        else:
            usage = self.usage

        late = self.late

        waived = self.waived

        price_lines: list[dict[str, Any]] | None
        if isinstance(self.price_lines, list):
            price_lines = []
            for price_lines_type_0_item_data in self.price_lines:
                price_lines_type_0_item = price_lines_type_0_item_data.to_dict()
                price_lines.append(price_lines_type_0_item)

        else:
            price_lines = self.price_lines

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "operation": operation,
                "outputs": outputs,
                "state": state,
                "unit_cost": unit_cost,
                "cost": cost,
                "free_trial": free_trial,
                "held": held,
                "spent": spent,
                "refunded": refunded,
                "draws": draws,
                "items": items,
                "reserved_at": reserved_at,
                "deadline": deadline,
                "settled_at": settled_at,
                "refusal": refusal,
                "metadata": metadata,
                "correction_of": correction_of,
                "api_key": api_key,
                "usage_estimate": usage_estimate,
                "usage": usage,
                "late": late,
                "waived": waived,
                "price_lines": price_lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.generation_draws_item import GenerationDrawsItem  # noqa: PLC0415
        from ..models.generation_items_item import GenerationItemsItem  # noqa: PLC0415
        from ..models.generation_metadata import GenerationMetadata  # noqa: PLC0415
        from ..models.generation_refusal import GenerationRefusal  # noqa: PLC0415
        from ..models.generation_usage import GenerationUsage  # noqa: PLC0415
        from ..models.generation_usage_estimate import GenerationUsageEstimate  # noqa: PLC0415
        from ..models.price_line import PriceLine  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        operation = d.pop("operation")

        outputs = d.pop("outputs")

        state = check_generation_state(d.pop("state"))

        def _parse_unit_cost(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        unit_cost = _parse_unit_cost(d.pop("unit_cost"))

        cost = d.pop("cost")

        free_trial = d.pop("free_trial")

        held = d.pop("held")

        spent = d.pop("spent")

        refunded = d.pop("refunded")

        draws = []
        _draws = d.pop("draws")
        for draws_item_data in _draws:
            draws_item = GenerationDrawsItem.from_dict(draws_item_data)

            draws.append(draws_item)

        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = GenerationItemsItem.from_dict(items_item_data)

            items.append(items_item)

        reserved_at = datetime.datetime.fromisoformat(d.pop("reserved_at"))

        deadline = datetime.datetime.fromisoformat(d.pop("deadline"))

        def _parse_settled_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                settled_at_type_0 = datetime.datetime.fromisoformat(data)

                return settled_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        settled_at = _parse_settled_at(d.pop("settled_at"))

        def _parse_refusal(data: object) -> GenerationRefusal | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                refusal_refusal = GenerationRefusal.from_dict(data)

                return refusal_refusal
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GenerationRefusal | None, data)

        refusal = _parse_refusal(d.pop("refusal"))

        def _parse_metadata(data: object) -> GenerationMetadata | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metadata_metadata = GenerationMetadata.from_dict(data)

                return metadata_metadata
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GenerationMetadata | None, data)

        metadata = _parse_metadata(d.pop("metadata"))

        def _parse_correction_of(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        correction_of = _parse_correction_of(d.pop("correction_of"))

        def _parse_api_key(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        api_key = _parse_api_key(d.pop("api_key"))

        def _parse_usage_estimate(data: object) -> GenerationUsageEstimate | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                usage_estimate_usage_estimate = GenerationUsageEstimate.from_dict(data)

                return usage_estimate_usage_estimate
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GenerationUsageEstimate | None, data)

        usage_estimate = _parse_usage_estimate(d.pop("usage_estimate"))

        def _parse_usage(data: object) -> GenerationUsage | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                usage_usage = GenerationUsage.from_dict(data)

                return usage_usage
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GenerationUsage | None, data)

        usage = _parse_usage(d.pop("usage"))

        late = d.pop("late")

        waived = d.pop("waived")

        def _parse_price_lines(data: object) -> list[PriceLine] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                price_lines_type_0 = []
                _price_lines_type_0 = data
                for price_lines_type_0_item_data in _price_lines_type_0:
                    price_lines_type_0_item = PriceLine.from_dict(price_lines_type_0_item_data)

                    price_lines_type_0.append(price_lines_type_0_item)

                return price_lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[PriceLine] | None, data)

        price_lines = _parse_price_lines(d.pop("price_lines"))

        generation = cls(
            id=id,
            account=account,
            operation=operation,
            outputs=outputs,
            state=state,
            unit_cost=unit_cost,
            cost=cost,
            free_trial=free_trial,
            held=held,
            spent=spent,
            refunded=refunded,
            draws=draws,
            items=items,
            reserved_at=reserved_at,
            deadline=deadline,
            settled_at=settled_at,
            refusal=refusal,
            metadata=metadata,
            correction_of=correction_of,
            api_key=api_key,
            usage_estimate=usage_estimate,
            usage=usage,
            late=late,
            waived=waived,
            price_lines=price_lines,
        )

        generation.additional_properties = d
        return generation

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
