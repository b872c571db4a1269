from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quote_generation_body_options import QuoteGenerationBodyOptions


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

    def to_dict(self) -> dict[str, Any]:
        operation = self.operation

        outputs = self.outputs

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        price = self.price

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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quote_generation_body_options import QuoteGenerationBodyOptions  # noqa: PLC0415

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

        quote_generation_body = cls(
            operation=operation,
            outputs=outputs,
            options=options,
            price=price,
        )

        return quote_generation_body
