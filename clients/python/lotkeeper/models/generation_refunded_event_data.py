from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="GenerationRefundedEventData")


@_attrs_define
class GenerationRefundedEventData:
    """What happened."""

    account: str
    """ The product's own id of the account. """
    generation: str
    """ Id of the generation. """
    operation: str
    """ Name of the operation in the policy. """
    refunded: int
    """ Credits that were released after they had been reserved. """
    reason: str
    """ refund, cancel or time_out. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        generation = self.generation

        operation = self.operation

        refunded = self.refunded

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "generation": generation,
                "operation": operation,
                "refunded": refunded,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        generation = d.pop("generation")

        operation = d.pop("operation")

        refunded = d.pop("refunded")

        reason = d.pop("reason")

        generation_refunded_event_data = cls(
            account=account,
            generation=generation,
            operation=operation,
            refunded=refunded,
            reason=reason,
        )

        generation_refunded_event_data.additional_properties = d
        return generation_refunded_event_data

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
