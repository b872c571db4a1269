from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="RefundTermsByException")


@_attrs_define
class RefundTermsByException:
    credits_: int
    """ Unused credits that are revoked. Spent ones are neither revoked nor owed. """
    amount: int
    """ Money that goes back, in minor units. """
    needs_approval: bool
    """ Whether the amount is above the policy's limit, so that a second person must approve. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        credits_ = self.credits_

        amount = self.amount

        needs_approval = self.needs_approval

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "credits": credits_,
                "amount": amount,
                "needs_approval": needs_approval,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        credits_ = d.pop("credits")

        amount = d.pop("amount")

        needs_approval = d.pop("needs_approval")

        refund_terms_by_exception = cls(
            credits_=credits_,
            amount=amount,
            needs_approval=needs_approval,
        )

        refund_terms_by_exception.additional_properties = d
        return refund_terms_by_exception

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
