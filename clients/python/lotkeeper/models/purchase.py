from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.purchase_state import PurchaseState, check_purchase_state

if TYPE_CHECKING:
    from ..models.lot import Lot
    from ..models.purchase_bank_transfer import PurchaseBankTransfer
    from ..models.purchase_code import PurchaseCode
    from ..models.purchase_refund import PurchaseRefund
    from ..models.purchase_timeline_item import PurchaseTimelineItem


T = TypeVar("T", bound="Purchase")


@_attrs_define
class Purchase:
    """A pack that an account buys or has bought."""

    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    pack: str
    """ Id of the pack in the policy. """
    quantity: int
    """ Number of packs. """
    provider: str
    """ How it is paid: manual, invoice and bank_transfer are recorded by hand. """
    payment_method: None | str
    """ null: chosen at the provider. """
    bank_transfer: None | PurchaseBankTransfer
    """ Where to send the money, and the reference to give; null unless a bank transfer is awaited. """
    state: PurchaseState
    """ fulfilled: the credits were granted or the code was sent. delayed: this takes longer than it should.
    reissued: support granted the credits. """
    checkout_url: None | str
    """ The provider's payment page; null if it is paid another way, or the page is not open yet. """
    amount: int
    """ In minor units. """
    currency: str
    """ ISO 4217 code, such as USD. """
    discount_percent: int
    """ Discount that is included in the amount, in percent. """
    credits_: int | None
    """ null until chosen at random. """
    bonus: int
    """ Credits added for a late delivery, by the policy's terms. """
    lots: list[Lot]
    """ The lots that the purchase granted. """
    code: None | PurchaseCode
    """ Status of the redemption code; null if there is none yet. The code itself appears only in the email. """
    bought_at: datetime.datetime
    """ When the purchase was started. """
    paid_at: datetime.datetime | None
    """ When the payment was recorded; null until then. """
    payment_reference: None | str
    """ The payment's id at the provider or bank, as receipts show it; null until it is paid. """
    fulfilled_at: datetime.datetime | None
    """ When the credits were granted or the code was sent; null until then. """
    refund_until: datetime.datetime | None
    """ Until when a refund is possible; null: the policy offers none. """
    refund: None | PurchaseRefund
    """ The refund; null if there is none. """
    needs_attention: bool
    """ Whether a person must look at it. """
    message: str
    """ A sentence for the customer. """
    timeline: list[PurchaseTimelineItem]
    """ What happened to the purchase, oldest first. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.purchase_bank_transfer import PurchaseBankTransfer  # noqa: PLC0415
        from ..models.purchase_code import PurchaseCode  # noqa: PLC0415
        from ..models.purchase_refund import PurchaseRefund  # noqa: PLC0415

        id = self.id

        account = self.account

        pack = self.pack

        quantity = self.quantity

        provider = self.provider

        payment_method: None | str
        payment_method = self.payment_method

        bank_transfer: dict[str, Any] | None
        if isinstance(self.bank_transfer, PurchaseBankTransfer):
            bank_transfer = self.bank_transfer.to_dict()
        else:
            bank_transfer = self.bank_transfer

        state: str = self.state

        checkout_url: None | str
        checkout_url = self.checkout_url

        amount = self.amount

        currency = self.currency

        discount_percent = self.discount_percent

        credits_: int | None
        credits_ = self.credits_

        bonus = self.bonus

        lots = []
        for lots_item_data in self.lots:
            lots_item = lots_item_data.to_dict()
            lots.append(lots_item)

        code: dict[str, Any] | None
        if isinstance(self.code, PurchaseCode):
            code = self.code.to_dict()
        else:
            code = self.code

        bought_at = self.bought_at.isoformat()

        paid_at: None | str
        if isinstance(self.paid_at, datetime.datetime):
            paid_at = self.paid_at.isoformat()
        else:
            paid_at = self.paid_at

        payment_reference: None | str
        payment_reference = self.payment_reference

        fulfilled_at: None | str
        if isinstance(self.fulfilled_at, datetime.datetime):
            fulfilled_at = self.fulfilled_at.isoformat()
        else:
            fulfilled_at = self.fulfilled_at

        refund_until: None | str
        if isinstance(self.refund_until, datetime.datetime):
            refund_until = self.refund_until.isoformat()
        else:
            refund_until = self.refund_until

        refund: dict[str, Any] | None
        if isinstance(self.refund, PurchaseRefund):
            refund = self.refund.to_dict()
        else:
            refund = self.refund

        needs_attention = self.needs_attention

        message = self.message

        timeline = []
        for timeline_item_data in self.timeline:
            timeline_item = timeline_item_data.to_dict()
            timeline.append(timeline_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "pack": pack,
                "quantity": quantity,
                "provider": provider,
                "payment_method": payment_method,
                "bank_transfer": bank_transfer,
                "state": state,
                "checkout_url": checkout_url,
                "amount": amount,
                "currency": currency,
                "discount_percent": discount_percent,
                "credits": credits_,
                "bonus": bonus,
                "lots": lots,
                "code": code,
                "bought_at": bought_at,
                "paid_at": paid_at,
                "payment_reference": payment_reference,
                "fulfilled_at": fulfilled_at,
                "refund_until": refund_until,
                "refund": refund,
                "needs_attention": needs_attention,
                "message": message,
                "timeline": timeline,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lot import Lot  # noqa: PLC0415
        from ..models.purchase_bank_transfer import PurchaseBankTransfer  # noqa: PLC0415
        from ..models.purchase_code import PurchaseCode  # noqa: PLC0415
        from ..models.purchase_refund import PurchaseRefund  # noqa: PLC0415
        from ..models.purchase_timeline_item import PurchaseTimelineItem  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        pack = d.pop("pack")

        quantity = d.pop("quantity")

        provider = d.pop("provider")

        def _parse_payment_method(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        payment_method = _parse_payment_method(d.pop("payment_method"))

        def _parse_bank_transfer(data: object) -> None | PurchaseBankTransfer:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                bank_transfer_bank_transfer = PurchaseBankTransfer.from_dict(data)

                return bank_transfer_bank_transfer
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PurchaseBankTransfer, data)

        bank_transfer = _parse_bank_transfer(d.pop("bank_transfer"))

        state = check_purchase_state(d.pop("state"))

        def _parse_checkout_url(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        checkout_url = _parse_checkout_url(d.pop("checkout_url"))

        amount = d.pop("amount")

        currency = d.pop("currency")

        discount_percent = d.pop("discount_percent")

        def _parse_credits_(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        credits_ = _parse_credits_(d.pop("credits"))

        bonus = d.pop("bonus")

        lots = []
        _lots = d.pop("lots")
        for lots_item_data in _lots:
            lots_item = Lot.from_dict(lots_item_data)

            lots.append(lots_item)

        def _parse_code(data: object) -> None | PurchaseCode:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                code_code = PurchaseCode.from_dict(data)

                return code_code
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PurchaseCode, data)

        code = _parse_code(d.pop("code"))

        bought_at = datetime.datetime.fromisoformat(d.pop("bought_at"))

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

        def _parse_payment_reference(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        payment_reference = _parse_payment_reference(d.pop("payment_reference"))

        def _parse_fulfilled_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                fulfilled_at_type_0 = datetime.datetime.fromisoformat(data)

                return fulfilled_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        fulfilled_at = _parse_fulfilled_at(d.pop("fulfilled_at"))

        def _parse_refund_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                refund_until_type_0 = datetime.datetime.fromisoformat(data)

                return refund_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        refund_until = _parse_refund_until(d.pop("refund_until"))

        def _parse_refund(data: object) -> None | PurchaseRefund:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                refund_refund = PurchaseRefund.from_dict(data)

                return refund_refund
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PurchaseRefund, data)

        refund = _parse_refund(d.pop("refund"))

        needs_attention = d.pop("needs_attention")

        message = d.pop("message")

        timeline = []
        _timeline = d.pop("timeline")
        for timeline_item_data in _timeline:
            timeline_item = PurchaseTimelineItem.from_dict(timeline_item_data)

            timeline.append(timeline_item)

        purchase = cls(
            id=id,
            account=account,
            pack=pack,
            quantity=quantity,
            provider=provider,
            payment_method=payment_method,
            bank_transfer=bank_transfer,
            state=state,
            checkout_url=checkout_url,
            amount=amount,
            currency=currency,
            discount_percent=discount_percent,
            credits_=credits_,
            bonus=bonus,
            lots=lots,
            code=code,
            bought_at=bought_at,
            paid_at=paid_at,
            payment_reference=payment_reference,
            fulfilled_at=fulfilled_at,
            refund_until=refund_until,
            refund=refund,
            needs_attention=needs_attention,
            message=message,
            timeline=timeline,
        )

        purchase.additional_properties = d
        return purchase

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
