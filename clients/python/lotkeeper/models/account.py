from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.account_language import AccountLanguage, check_account_language

if TYPE_CHECKING:
    from ..models.account_limits import AccountLimits
    from ..models.account_next_refresh import AccountNextRefresh
    from ..models.balance import Balance
    from ..models.membership import Membership


T = TypeVar("T", bound="Account")


@_attrs_define
class Account:
    """An account with its plan, limits and credits."""

    account: str
    """ The product's own id of the account. Not an email address: it appears in workflow histories. """
    email: None | str
    """ Where emails about the credits go; null: none are sent. """
    time_zone: str
    """ IANA name. Days of usage, limits and anniversaries are days of this zone. """
    language: AccountLanguage | None
    """ The language of its emails; null: as the policy says. """
    test_clock: None | str
    """ Id of the test clock that sets the time of the account; null: real time. """
    stripe_customer: None | str
    """ Id of the customer at Stripe; null if unknown. """
    created_at: datetime.datetime
    """ When it was created. """
    closed_at: datetime.datetime | None
    """ When the account was closed; null while it is open. """
    member_until: datetime.datetime | None
    """ When the last membership lapsed or will lapse; null: there was none, or it has no end. """
    trial_used: bool
    """ Whether a membership of the account began with a trial. """
    memberships: list[Membership]
    """ All memberships, also ended ones. """
    next_refresh: AccountNextRefresh | None
    """ The next credits from a membership; null if none are due. """
    limits: AccountLimits
    """ The limits of the account. """
    balance: Balance
    """ The credits of an account at one time. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.account_next_refresh import AccountNextRefresh  # noqa: PLC0415

        account = self.account

        email: None | str
        email = self.email

        time_zone = self.time_zone

        language: None | str
        if isinstance(self.language, str):
            language = self.language
        else:
            language = self.language

        test_clock: None | str
        test_clock = self.test_clock

        stripe_customer: None | str
        stripe_customer = self.stripe_customer

        created_at = self.created_at.isoformat()

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        member_until: None | str
        if isinstance(self.member_until, datetime.datetime):
            member_until = self.member_until.isoformat()
        else:
            member_until = self.member_until

        trial_used = self.trial_used

        memberships = []
        for memberships_item_data in self.memberships:
            memberships_item = memberships_item_data.to_dict()
            memberships.append(memberships_item)

        next_refresh: dict[str, Any] | None
        if isinstance(self.next_refresh, AccountNextRefresh):
            next_refresh = self.next_refresh.to_dict()
        else:
            next_refresh = self.next_refresh

        limits = self.limits.to_dict()

        balance = self.balance.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "email": email,
                "time_zone": time_zone,
                "language": language,
                "test_clock": test_clock,
                "stripe_customer": stripe_customer,
                "created_at": created_at,
                "closed_at": closed_at,
                "member_until": member_until,
                "trial_used": trial_used,
                "memberships": memberships,
                "next_refresh": next_refresh,
                "limits": limits,
                "balance": balance,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.account_limits import AccountLimits  # noqa: PLC0415
        from ..models.account_next_refresh import AccountNextRefresh  # noqa: PLC0415
        from ..models.balance import Balance  # noqa: PLC0415
        from ..models.membership import Membership  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        def _parse_email(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        email = _parse_email(d.pop("email"))

        time_zone = d.pop("time_zone")

        def _parse_language(data: object) -> AccountLanguage | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                language_language = check_account_language(data)

                return language_language
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AccountLanguage | None, data)

        language = _parse_language(d.pop("language"))

        def _parse_test_clock(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        test_clock = _parse_test_clock(d.pop("test_clock"))

        def _parse_stripe_customer(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stripe_customer = _parse_stripe_customer(d.pop("stripe_customer"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        closed_at = _parse_closed_at(d.pop("closed_at"))

        def _parse_member_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                member_until_type_0 = datetime.datetime.fromisoformat(data)

                return member_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        member_until = _parse_member_until(d.pop("member_until"))

        trial_used = d.pop("trial_used")

        memberships = []
        _memberships = d.pop("memberships")
        for memberships_item_data in _memberships:
            memberships_item = Membership.from_dict(memberships_item_data)

            memberships.append(memberships_item)

        def _parse_next_refresh(data: object) -> AccountNextRefresh | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_refresh_next_refresh = AccountNextRefresh.from_dict(data)

                return next_refresh_next_refresh
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AccountNextRefresh | None, data)

        next_refresh = _parse_next_refresh(d.pop("next_refresh"))

        limits = AccountLimits.from_dict(d.pop("limits"))

        balance = Balance.from_dict(d.pop("balance"))

        account = cls(
            account=account,
            email=email,
            time_zone=time_zone,
            language=language,
            test_clock=test_clock,
            stripe_customer=stripe_customer,
            created_at=created_at,
            closed_at=closed_at,
            member_until=member_until,
            trial_used=trial_used,
            memberships=memberships,
            next_refresh=next_refresh,
            limits=limits,
            balance=balance,
        )

        account.additional_properties = d
        return account

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
