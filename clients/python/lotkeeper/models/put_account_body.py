from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.put_account_body_language import PutAccountBodyLanguage, check_put_account_body_language
from ..types import UNSET, Unset

T = TypeVar("T", bound="PutAccountBody")


@_attrs_define
class PutAccountBody:
    email: None | str | Unset = UNSET
    """ Where emails about the credits go; null removes it. """
    time_zone: str | Unset = UNSET
    """ IANA name, such as Asia/Seoul; UTC if never set. """
    language: None | PutAccountBodyLanguage | Unset = UNSET
    """ The language of its emails; null: as the policy says. """
    test_clock: str | Unset = UNSET
    """ Set only on creation, so that the time of an account never jumps. """
    stripe_customer: None | str | Unset = UNSET
    """ Id of the customer at Stripe, of one account only. Its subscriptions become memberships; null removes it.
    """

    def to_dict(self) -> dict[str, Any]:
        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        time_zone = self.time_zone

        language: None | str | Unset
        if isinstance(self.language, Unset):
            language = UNSET
        elif isinstance(self.language, str):
            language = self.language
        else:
            language = self.language

        test_clock = self.test_clock

        stripe_customer: None | str | Unset
        if isinstance(self.stripe_customer, Unset):
            stripe_customer = UNSET
        else:
            stripe_customer = self.stripe_customer

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if email is not UNSET:
            field_dict["email"] = email
        if time_zone is not UNSET:
            field_dict["time_zone"] = time_zone
        if language is not UNSET:
            field_dict["language"] = language
        if test_clock is not UNSET:
            field_dict["test_clock"] = test_clock
        if stripe_customer is not UNSET:
            field_dict["stripe_customer"] = stripe_customer

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        email = _parse_email(d.pop("email", UNSET))

        time_zone = d.pop("time_zone", UNSET)

        def _parse_language(data: object) -> None | PutAccountBodyLanguage | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                language_language = check_put_account_body_language(data)

                return language_language
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PutAccountBodyLanguage | Unset, data)

        language = _parse_language(d.pop("language", UNSET))

        test_clock = d.pop("test_clock", UNSET)

        def _parse_stripe_customer(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        stripe_customer = _parse_stripe_customer(d.pop("stripe_customer", UNSET))

        put_account_body = cls(
            email=email,
            time_zone=time_zone,
            language=language,
            test_clock=test_clock,
            stripe_customer=stripe_customer,
        )

        return put_account_body
