from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.pack_delivery import PackDelivery, check_pack_delivery

if TYPE_CHECKING:
    from ..models.pack_prices_item import PackPricesItem
    from ..models.pack_validity_type_1 import PackValidityType1


T = TypeVar("T", bound="Pack")


@_attrs_define
class Pack:
    """Credits that an account may buy, with the price for this account."""

    id: str
    """ Id of the pack in the policy. """
    name: str
    """ Name for people. """
    credits_: int | None
    """ null: chosen at random on purchase. """
    full_amount: int
    """ Price of one package before the discount, in minor units. """
    amount: int
    """ Price of one package with the discount of the smallest quantity, in minor units. """
    currency: str
    """ ISO 4217 code, such as USD. """
    validity: PackValidityType1 | str
    """ How long the credits are valid: an ISO 8601 duration, or one for each source. """
    quantities: list[int] | None
    """ null: any up to 100. """
    discount_percent: int
    """ Discount that is included in the amount, in percent. """
    prices: list[PackPricesItem]
    """ Every quantity on sale. If any quantity is: those from which on another discount applies; n packages cost n
    × full_amount × (100 − discount_percent) / 100, rounded down. """
    delivery: PackDelivery
    """ credits are added at once; a code is sent by email and redeemed later. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.pack_validity_type_1 import PackValidityType1  # noqa: PLC0415

        id = self.id

        name = self.name

        credits_: int | None
        credits_ = self.credits_

        full_amount = self.full_amount

        amount = self.amount

        currency = self.currency

        validity: dict[str, Any] | str
        if isinstance(self.validity, PackValidityType1):
            validity = self.validity.to_dict()
        else:
            validity = self.validity

        quantities: list[int] | None
        if isinstance(self.quantities, list):
            quantities = self.quantities

        else:
            quantities = self.quantities

        discount_percent = self.discount_percent

        prices = []
        for prices_item_data in self.prices:
            prices_item = prices_item_data.to_dict()
            prices.append(prices_item)

        delivery: str = self.delivery

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "credits": credits_,
                "full_amount": full_amount,
                "amount": amount,
                "currency": currency,
                "validity": validity,
                "quantities": quantities,
                "discount_percent": discount_percent,
                "prices": prices,
                "delivery": delivery,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.pack_prices_item import PackPricesItem  # noqa: PLC0415
        from ..models.pack_validity_type_1 import PackValidityType1  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        def _parse_credits_(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        credits_ = _parse_credits_(d.pop("credits"))

        full_amount = d.pop("full_amount")

        amount = d.pop("amount")

        currency = d.pop("currency")

        def _parse_validity(data: object) -> PackValidityType1 | str:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                validity_type_1 = PackValidityType1.from_dict(data)

                return validity_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(PackValidityType1 | str, data)

        validity = _parse_validity(d.pop("validity"))

        def _parse_quantities(data: object) -> list[int] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                quantities_type_0 = cast(list[int], data)

                return quantities_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None, data)

        quantities = _parse_quantities(d.pop("quantities"))

        discount_percent = d.pop("discount_percent")

        prices = []
        _prices = d.pop("prices")
        for prices_item_data in _prices:
            prices_item = PackPricesItem.from_dict(prices_item_data)

            prices.append(prices_item)

        delivery = check_pack_delivery(d.pop("delivery"))

        pack = cls(
            id=id,
            name=name,
            credits_=credits_,
            full_amount=full_amount,
            amount=amount,
            currency=currency,
            validity=validity,
            quantities=quantities,
            discount_percent=discount_percent,
            prices=prices,
            delivery=delivery,
        )

        pack.additional_properties = d
        return pack

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
