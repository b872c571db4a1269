from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quote_generation_body_options import QuoteGenerationBodyOptions
    from ..models.quote_generation_body_usage_estimate import QuoteGenerationBodyUsageEstimate


T = TypeVar("T", bound="QuoteGenerationBody")


@_attrs_define
class QuoteGenerationBody:
    operation: str
    """ The operation; GET /v1/operations lists them. """
    outputs: int | Unset = UNSET
    """ The number of outputs; the operation's default if omitted. """
    options: QuoteGenerationBodyOptions | Unset = UNSET
    """ Chosen options by name; GET /v1/operations lists the possible ones. """
    price: int | Unset = UNSET
    """ Credits per output, if the policy has a range. """
    usage_estimate: QuoteGenerationBodyUsageEstimate | Unset = UNSET
    """ What it will use at most, by meter, where the operation has meters. Its price is held. """
    maximum_cost: int | Unset = UNSET
    """ The credits to hold, instead of usage_estimate, or of price where the service may state the cost. """

    def to_dict(self) -> dict[str, Any]:
        operation = self.operation

        outputs = self.outputs

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        price = self.price

        usage_estimate: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage_estimate, Unset):
            usage_estimate = self.usage_estimate.to_dict()

        maximum_cost = self.maximum_cost

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "operation": operation,
            }
        )
        if outputs is not UNSET:
            field_dict["outputs"] = outputs
        if options is not UNSET:
            field_dict["options"] = options
        if price is not UNSET:
            field_dict["price"] = price
        if usage_estimate is not UNSET:
            field_dict["usage_estimate"] = usage_estimate
        if maximum_cost is not UNSET:
            field_dict["maximum_cost"] = maximum_cost

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quote_generation_body_options import QuoteGenerationBodyOptions  # noqa: PLC0415
        from ..models.quote_generation_body_usage_estimate import QuoteGenerationBodyUsageEstimate  # noqa: PLC0415

        d = dict(src_dict)
        operation = d.pop("operation")

        outputs = d.pop("outputs", UNSET)

        _options = d.pop("options", UNSET)
        options: QuoteGenerationBodyOptions | Unset
        if isinstance(_options, Unset):
            options = UNSET
        else:
            options = QuoteGenerationBodyOptions.from_dict(_options)

        price = d.pop("price", UNSET)

        _usage_estimate = d.pop("usage_estimate", UNSET)
        usage_estimate: QuoteGenerationBodyUsageEstimate | Unset
        if isinstance(_usage_estimate, Unset):
            usage_estimate = UNSET
        else:
            usage_estimate = QuoteGenerationBodyUsageEstimate.from_dict(_usage_estimate)

        maximum_cost = d.pop("maximum_cost", UNSET)

        quote_generation_body = cls(
            operation=operation,
            outputs=outputs,
            options=options,
            price=price,
            usage_estimate=usage_estimate,
            maximum_cost=maximum_cost,
        )

        return quote_generation_body
