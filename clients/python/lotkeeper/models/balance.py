from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.balance_by_source import BalanceBySource
    from ..models.balance_daily_limit import BalanceDailyLimit
    from ..models.balance_next_expiry import BalanceNextExpiry
    from ..models.balance_next_grant import BalanceNextGrant
    from ..models.balance_trials import BalanceTrials
    from ..models.balance_unlimited import BalanceUnlimited


T = TypeVar("T", bound="Balance")


@_attrs_define
class Balance:
    """The credits of an account at one time."""

    available: int
    """ Credits that can be spent now. """
    held: int
    """ Credits reserved for work in progress. """
    frozen: int
    """ Credits that cannot be spent until the account is a member again. """
    as_of: datetime.datetime
    """ The time for which the numbers are true. """
    debt: int
    """ Credits taken back after they were spent; the current debt, also in past balances. """
    by_source: BalanceBySource
    """ The same numbers for each source of the policy. """
    next_expiry: BalanceNextExpiry | None
    """ The next credits that expire; null if none will. """
    account: str
    """ The product's own id of the account. """
    next_grant: BalanceNextGrant | None
    """ The next credits from a membership; null if none are due. """
    daily_limit: BalanceDailyLimit | None
    """ Credits that may be spent today; null: no limit. """
    trials: BalanceTrials
    """ Free trials by operation. Former paying members have none. """
    unlimited: BalanceUnlimited | Unset = UNSET
    """ Usage under a plan that spends no credits. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.balance_daily_limit import BalanceDailyLimit  # noqa: PLC0415
        from ..models.balance_next_expiry import BalanceNextExpiry  # noqa: PLC0415
        from ..models.balance_next_grant import BalanceNextGrant  # noqa: PLC0415

        available = self.available

        held = self.held

        frozen = self.frozen

        as_of = self.as_of.isoformat()

        debt = self.debt

        by_source = self.by_source.to_dict()

        next_expiry: dict[str, Any] | None
        if isinstance(self.next_expiry, BalanceNextExpiry):
            next_expiry = self.next_expiry.to_dict()
        else:
            next_expiry = self.next_expiry

        account = self.account

        next_grant: dict[str, Any] | None
        if isinstance(self.next_grant, BalanceNextGrant):
            next_grant = self.next_grant.to_dict()
        else:
            next_grant = self.next_grant

        daily_limit: dict[str, Any] | None
        if isinstance(self.daily_limit, BalanceDailyLimit):
            daily_limit = self.daily_limit.to_dict()
        else:
            daily_limit = self.daily_limit

        trials = self.trials.to_dict()

        unlimited: dict[str, Any] | Unset = UNSET
        if not isinstance(self.unlimited, Unset):
            unlimited = self.unlimited.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "available": available,
                "held": held,
                "frozen": frozen,
                "as_of": as_of,
                "debt": debt,
                "by_source": by_source,
                "next_expiry": next_expiry,
                "account": account,
                "next_grant": next_grant,
                "daily_limit": daily_limit,
                "trials": trials,
            }
        )
        if unlimited is not UNSET:
            field_dict["unlimited"] = unlimited

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.balance_by_source import BalanceBySource  # noqa: PLC0415
        from ..models.balance_daily_limit import BalanceDailyLimit  # noqa: PLC0415
        from ..models.balance_next_expiry import BalanceNextExpiry  # noqa: PLC0415
        from ..models.balance_next_grant import BalanceNextGrant  # noqa: PLC0415
        from ..models.balance_trials import BalanceTrials  # noqa: PLC0415
        from ..models.balance_unlimited import BalanceUnlimited  # noqa: PLC0415

        d = dict(src_dict)
        available = d.pop("available")

        held = d.pop("held")

        frozen = d.pop("frozen")

        as_of = datetime.datetime.fromisoformat(d.pop("as_of"))

        debt = d.pop("debt")

        by_source = BalanceBySource.from_dict(d.pop("by_source"))

        def _parse_next_expiry(data: object) -> BalanceNextExpiry | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_expiry_next_expiry = BalanceNextExpiry.from_dict(data)

                return next_expiry_next_expiry
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BalanceNextExpiry | None, data)

        next_expiry = _parse_next_expiry(d.pop("next_expiry"))

        account = d.pop("account")

        def _parse_next_grant(data: object) -> BalanceNextGrant | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_grant_next_grant = BalanceNextGrant.from_dict(data)

                return next_grant_next_grant
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BalanceNextGrant | None, data)

        next_grant = _parse_next_grant(d.pop("next_grant"))

        def _parse_daily_limit(data: object) -> BalanceDailyLimit | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                daily_limit_daily_limit = BalanceDailyLimit.from_dict(data)

                return daily_limit_daily_limit
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BalanceDailyLimit | None, data)

        daily_limit = _parse_daily_limit(d.pop("daily_limit"))

        trials = BalanceTrials.from_dict(d.pop("trials"))

        _unlimited = d.pop("unlimited", UNSET)
        unlimited: BalanceUnlimited | Unset
        if isinstance(_unlimited, Unset):
            unlimited = UNSET
        else:
            unlimited = BalanceUnlimited.from_dict(_unlimited)

        balance = cls(
            available=available,
            held=held,
            frozen=frozen,
            as_of=as_of,
            debt=debt,
            by_source=by_source,
            next_expiry=next_expiry,
            account=account,
            next_grant=next_grant,
            daily_limit=daily_limit,
            trials=trials,
            unlimited=unlimited,
        )

        balance.additional_properties = d
        return balance

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
