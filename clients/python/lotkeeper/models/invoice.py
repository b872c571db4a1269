from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoice_kind import InvoiceKind, check_invoice_kind
from ..models.invoice_state import InvoiceState, check_invoice_state

if TYPE_CHECKING:
    from ..models.invoice_buyer import InvoiceBuyer
    from ..models.invoice_lines_item import InvoiceLinesItem
    from ..models.invoice_seller import InvoiceSeller
    from ..models.invoice_tax import InvoiceTax


T = TypeVar("T", bound="Invoice")


@_attrs_define
class Invoice:
    """A statement or invoice of one month in one currency, or a credit note."""

    id: str
    """ Unique in the account. """
    kind: InvoiceKind
    """ A month's charges are a statement. It becomes an invoice once the month is over, if the policy names the
    seller and the account has billing details. A refund after that is a credit note. """
    number: None | str
    """ Without gaps per product; null for a statement. """
    corrects: None | str
    """ The number of the invoice that a credit note corrects; else null. """
    period: str
    """ Month in UTC. """
    state: InvoiceState
    """ open during the month; paid once it is, or every line is. """
    issued_at: datetime.datetime | None
    """ null for a statement. """
    due_at: datetime.datetime | None
    """ null for a statement. """
    paid_at: datetime.datetime | None
    """ When a payment of the whole invoice was recorded; null: not yet, or line by line. """
    currency: str
    """ ISO 4217. """
    net: int
    """ In minor units; negative where money goes back. """
    tax: InvoiceTax | None
    """ Computed once on the total, and rounded half up to a minor unit; null: the policy states no tax. """
    total: int
    """ In minor units, with tax. """
    seller: InvoiceSeller | None
    """ null: the policy names none. """
    buyer: InvoiceBuyer | None
    """ The billing details at that time; null: none, or the account was closed. """
    how_to_pay: list[str]
    """ Lines. """
    lines: list[InvoiceLinesItem]
    """ Oldest first. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.invoice_buyer import InvoiceBuyer  # noqa: PLC0415
        from ..models.invoice_seller import InvoiceSeller  # noqa: PLC0415
        from ..models.invoice_tax import InvoiceTax  # noqa: PLC0415

        id = self.id

        kind: str = self.kind

        number: None | str
        number = self.number

        corrects: None | str
        corrects = self.corrects

        period = self.period

        state: str = self.state

        issued_at: None | str
        if isinstance(self.issued_at, datetime.datetime):
            issued_at = self.issued_at.isoformat()
        else:
            issued_at = self.issued_at

        due_at: None | str
        if isinstance(self.due_at, datetime.datetime):
            due_at = self.due_at.isoformat()
        else:
            due_at = self.due_at

        paid_at: None | str
        if isinstance(self.paid_at, datetime.datetime):
            paid_at = self.paid_at.isoformat()
        else:
            paid_at = self.paid_at

        currency = self.currency

        net = self.net

        tax: dict[str, Any] | None
        if isinstance(self.tax, InvoiceTax):
            tax = self.tax.to_dict()
        else:
            tax = self.tax

        total = self.total

        seller: dict[str, Any] | None
        if isinstance(self.seller, InvoiceSeller):
            seller = self.seller.to_dict()
        else:
            seller = self.seller

        buyer: dict[str, Any] | None
        if isinstance(self.buyer, InvoiceBuyer):
            buyer = self.buyer.to_dict()
        else:
            buyer = self.buyer

        how_to_pay = self.how_to_pay

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "number": number,
                "corrects": corrects,
                "period": period,
                "state": state,
                "issued_at": issued_at,
                "due_at": due_at,
                "paid_at": paid_at,
                "currency": currency,
                "net": net,
                "tax": tax,
                "total": total,
                "seller": seller,
                "buyer": buyer,
                "how_to_pay": how_to_pay,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invoice_buyer import InvoiceBuyer  # noqa: PLC0415
        from ..models.invoice_lines_item import InvoiceLinesItem  # noqa: PLC0415
        from ..models.invoice_seller import InvoiceSeller  # noqa: PLC0415
        from ..models.invoice_tax import InvoiceTax  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        kind = check_invoice_kind(d.pop("kind"))

        def _parse_number(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        number = _parse_number(d.pop("number"))

        def _parse_corrects(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        corrects = _parse_corrects(d.pop("corrects"))

        period = d.pop("period")

        state = check_invoice_state(d.pop("state"))

        def _parse_issued_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                issued_at_type_0 = datetime.datetime.fromisoformat(data)

                return issued_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        issued_at = _parse_issued_at(d.pop("issued_at"))

        def _parse_due_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                due_at_type_0 = datetime.datetime.fromisoformat(data)

                return due_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        due_at = _parse_due_at(d.pop("due_at"))

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

        currency = d.pop("currency")

        net = d.pop("net")

        def _parse_tax(data: object) -> InvoiceTax | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tax_tax = InvoiceTax.from_dict(data)

                return tax_tax
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceTax | None, data)

        tax = _parse_tax(d.pop("tax"))

        total = d.pop("total")

        def _parse_seller(data: object) -> InvoiceSeller | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                seller_seller = InvoiceSeller.from_dict(data)

                return seller_seller
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceSeller | None, data)

        seller = _parse_seller(d.pop("seller"))

        def _parse_buyer(data: object) -> InvoiceBuyer | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                buyer_buyer = InvoiceBuyer.from_dict(data)

                return buyer_buyer
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceBuyer | None, data)

        buyer = _parse_buyer(d.pop("buyer"))

        how_to_pay = cast(list[str], d.pop("how_to_pay"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = InvoiceLinesItem.from_dict(lines_item_data)

            lines.append(lines_item)

        invoice = cls(
            id=id,
            kind=kind,
            number=number,
            corrects=corrects,
            period=period,
            state=state,
            issued_at=issued_at,
            due_at=due_at,
            paid_at=paid_at,
            currency=currency,
            net=net,
            tax=tax,
            total=total,
            seller=seller,
            buyer=buyer,
            how_to_pay=how_to_pay,
            lines=lines,
        )

        invoice.additional_properties = d
        return invoice

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
