from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoice_lines_item_kind import InvoiceLinesItemKind, check_invoice_lines_item_kind

T = TypeVar("T", bound="InvoiceLinesItem")


@_attrs_define
class InvoiceLinesItem:
    kind: InvoiceLinesItemKind
    """ What is charged or given back. """
    purchase: None | str
    """ The purchase; null for a subscription. """
    membership: None | str
    """ The membership of a subscription; else null. """
    at: datetime.datetime
    """ When it was charged or given back. """
    description: str
    """ The pack or the plan, for people. """
    quantity: int
    """ Packages or slots. """
    credits_: int
    """ Credits that it moved. """
    amount: int
    """ In minor units; negative where money goes back. """
    currency: str
    """ ISO 4217. """
    paid_at: datetime.datetime | None
    """ When the payment was recorded; null: not yet. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        purchase: None | str
        purchase = self.purchase

        membership: None | str
        membership = self.membership

        at = self.at.isoformat()

        description = self.description

        quantity = self.quantity

        credits_ = self.credits_

        amount = self.amount

        currency = self.currency

        paid_at: None | str
        if isinstance(self.paid_at, datetime.datetime):
            paid_at = self.paid_at.isoformat()
        else:
            paid_at = self.paid_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "purchase": purchase,
                "membership": membership,
                "at": at,
                "description": description,
                "quantity": quantity,
                "credits": credits_,
                "amount": amount,
                "currency": currency,
                "paid_at": paid_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_invoice_lines_item_kind(d.pop("kind"))

        def _parse_purchase(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        purchase = _parse_purchase(d.pop("purchase"))

        def _parse_membership(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        membership = _parse_membership(d.pop("membership"))

        at = datetime.datetime.fromisoformat(d.pop("at"))

        description = d.pop("description")

        quantity = d.pop("quantity")

        credits_ = d.pop("credits")

        amount = d.pop("amount")

        currency = d.pop("currency")

        def _parse_paid_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                paid_at_type_0 = datetime.datetime.fromisoformat(data)

                return paid_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        paid_at = _parse_paid_at(d.pop("paid_at"))

        invoice_lines_item = cls(
            kind=kind,
            purchase=purchase,
            membership=membership,
            at=at,
            description=description,
            quantity=quantity,
            credits_=credits_,
            amount=amount,
            currency=currency,
            paid_at=paid_at,
        )

        invoice_lines_item.additional_properties = d
        return invoice_lines_item

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
