from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ListUnassignedPaymentsResponse200DataItem")


@_attrs_define
class ListUnassignedPaymentsResponse200DataItem:
    id: str
    """ The provider's id. """
    provider: str
    """ How it is paid: manual, invoice and bank_transfer are recorded by hand. """
    amount: int | None
    """ In minor units; null if unknown. """
    currency: None | str
    """ ISO 4217 code, such as USD; null if unknown. """
    recorded_at: datetime.datetime
    """ When it was written, which may be later than when it took effect. """
    named: None | str
    """ The purchase that the payment names and that does not exist; null if it names none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        provider = self.provider

        amount: int | None
        amount = self.amount

        currency: None | str
        currency = self.currency

        recorded_at = self.recorded_at.isoformat()

        named: None | str
        named = self.named

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "provider": provider,
                "amount": amount,
                "currency": currency,
                "recorded_at": recorded_at,
                "named": named,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        provider = d.pop("provider")

        def _parse_amount(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        amount = _parse_amount(d.pop("amount"))

        def _parse_currency(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        currency = _parse_currency(d.pop("currency"))

        recorded_at = datetime.datetime.fromisoformat(d.pop("recorded_at"))

        def _parse_named(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        named = _parse_named(d.pop("named"))

        list_unassigned_payments_response_200_data_item = cls(
            id=id,
            provider=provider,
            amount=amount,
            currency=currency,
            recorded_at=recorded_at,
            named=named,
        )

        list_unassigned_payments_response_200_data_item.additional_properties = d
        return list_unassigned_payments_response_200_data_item

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
