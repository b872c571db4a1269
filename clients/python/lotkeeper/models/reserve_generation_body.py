from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.reserve_generation_body_metadata import ReserveGenerationBodyMetadata
    from ..models.reserve_generation_body_options import ReserveGenerationBodyOptions
    from ..models.reserve_generation_body_usage_estimate import ReserveGenerationBodyUsageEstimate


T = TypeVar("T", bound="ReserveGenerationBody")


@_attrs_define
class ReserveGenerationBody:
    operation: str
    """ The operation; GET /v1/operations lists them. """
    outputs: int | Unset = UNSET
    """ The number of outputs; the operation's default if omitted. """
    options: ReserveGenerationBodyOptions | Unset = UNSET
    """ Chosen options by name; GET /v1/operations lists the possible ones. """
    price: int | Unset = UNSET
    """ Credits per output, if the policy has a range. """
    usage_estimate: ReserveGenerationBodyUsageEstimate | Unset = UNSET
    """ What it will use at most, by meter, where the operation has meters. Its price is held. """
    maximum_cost: int | Unset = UNSET
    """ The credits to hold, instead of usage_estimate, or of price where the service may state the cost. """
    timeout_seconds: int | Unset = UNSET
    """ The hold is released after this; the policy's time if omitted. """
    correction_of: str | Unset = UNSET
    """ The generation that this one corrects. """
    metadata: ReserveGenerationBodyMetadata | Unset = UNSET
    """ Your own data, returned unchanged and kept in the ledger. No personal data. """

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

        timeout_seconds = self.timeout_seconds

        correction_of = self.correction_of

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

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
        if timeout_seconds is not UNSET:
            field_dict["timeout_seconds"] = timeout_seconds
        if correction_of is not UNSET:
            field_dict["correction_of"] = correction_of
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.reserve_generation_body_metadata import ReserveGenerationBodyMetadata  # noqa: PLC0415
        from ..models.reserve_generation_body_options import ReserveGenerationBodyOptions  # noqa: PLC0415
        from ..models.reserve_generation_body_usage_estimate import ReserveGenerationBodyUsageEstimate  # noqa: PLC0415

        d = dict(src_dict)
        operation = d.pop("operation")

        outputs = d.pop("outputs", UNSET)

        _options = d.pop("options", UNSET)
        options: ReserveGenerationBodyOptions | Unset
        if isinstance(_options, Unset):
            options = UNSET
        else:
            options = ReserveGenerationBodyOptions.from_dict(_options)

        price = d.pop("price", UNSET)

        _usage_estimate = d.pop("usage_estimate", UNSET)
        usage_estimate: ReserveGenerationBodyUsageEstimate | Unset
        if isinstance(_usage_estimate, Unset):
            usage_estimate = UNSET
        else:
            usage_estimate = ReserveGenerationBodyUsageEstimate.from_dict(_usage_estimate)

        maximum_cost = d.pop("maximum_cost", UNSET)

        timeout_seconds = d.pop("timeout_seconds", UNSET)

        correction_of = d.pop("correction_of", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: ReserveGenerationBodyMetadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = ReserveGenerationBodyMetadata.from_dict(_metadata)

        reserve_generation_body = cls(
            operation=operation,
            outputs=outputs,
            options=options,
            price=price,
            usage_estimate=usage_estimate,
            maximum_cost=maximum_cost,
            timeout_seconds=timeout_seconds,
            correction_of=correction_of,
            metadata=metadata,
        )

        return reserve_generation_body
