from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.charge_credits_body_metadata import ChargeCreditsBodyMetadata
    from ..models.charge_credits_body_options import ChargeCreditsBodyOptions
    from ..models.charge_credits_body_usage import ChargeCreditsBodyUsage


T = TypeVar("T", bound="ChargeCreditsBody")


@_attrs_define
class ChargeCreditsBody:
    operation: str
    """ The operation; GET /v1/operations lists them. """
    outputs: int | Unset = UNSET
    """ The number of outputs; the operation's default if omitted. """
    options: ChargeCreditsBodyOptions | Unset = UNSET
    """ Chosen options by name; GET /v1/operations lists the possible ones. """
    price: int | Unset = UNSET
    """ Credits per output, if the policy has a range. """
    correction_of: str | Unset = UNSET
    """ The generation that this one corrects. """
    metadata: ChargeCreditsBodyMetadata | Unset = UNSET
    """ Your own data, returned unchanged and kept in the ledger. No personal data. """
    usage: ChargeCreditsBodyUsage | Unset = UNSET
    """ What the work used, by meter. """

    def to_dict(self) -> dict[str, Any]:
        operation = self.operation

        outputs = self.outputs

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        price = self.price

        correction_of = self.correction_of

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

        usage: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage, Unset):
            usage = self.usage.to_dict()

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
        if correction_of is not UNSET:
            field_dict["correction_of"] = correction_of
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if usage is not UNSET:
            field_dict["usage"] = usage

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.charge_credits_body_metadata import ChargeCreditsBodyMetadata  # noqa: PLC0415
        from ..models.charge_credits_body_options import ChargeCreditsBodyOptions  # noqa: PLC0415
        from ..models.charge_credits_body_usage import ChargeCreditsBodyUsage  # noqa: PLC0415

        d = dict(src_dict)
        operation = d.pop("operation")

        outputs = d.pop("outputs", UNSET)

        _options = d.pop("options", UNSET)
        options: ChargeCreditsBodyOptions | Unset
        if isinstance(_options, Unset):
            options = UNSET
        else:
            options = ChargeCreditsBodyOptions.from_dict(_options)

        price = d.pop("price", UNSET)

        correction_of = d.pop("correction_of", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: ChargeCreditsBodyMetadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = ChargeCreditsBodyMetadata.from_dict(_metadata)

        _usage = d.pop("usage", UNSET)
        usage: ChargeCreditsBodyUsage | Unset
        if isinstance(_usage, Unset):
            usage = UNSET
        else:
            usage = ChargeCreditsBodyUsage.from_dict(_usage)

        charge_credits_body = cls(
            operation=operation,
            outputs=outputs,
            options=options,
            price=price,
            correction_of=correction_of,
            metadata=metadata,
            usage=usage,
        )

        return charge_credits_body
