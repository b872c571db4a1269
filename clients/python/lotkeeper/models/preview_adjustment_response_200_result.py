from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PreviewAdjustmentResponse200Result")


@_attrs_define
class PreviewAdjustmentResponse200Result:
    """The answer that the call itself would give."""

    account: str
    """ The product's own id of the account. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        source = self.source

        amount = self.amount

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "source": source,
                "amount": amount,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        source = d.pop("source")

        amount = d.pop("amount")

        preview_adjustment_response_200_result = cls(
            account=account,
            source=source,
            amount=amount,
        )

        preview_adjustment_response_200_result.additional_properties = d
        return preview_adjustment_response_200_result

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
