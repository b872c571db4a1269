from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.account_limits_concurrency import AccountLimitsConcurrency


T = TypeVar("T", bound="AccountLimits")


@_attrs_define
class AccountLimits:
    """The limits of the account."""

    daily_credits: int | None
    """ Credits a day; null: no limit. """
    concurrency: AccountLimitsConcurrency | None
    """ Generations in progress at the same time; null: no limit. """
    requests_per_minute: int | None
    """ Requests a minute; null: no limit. """
    priority: int
    """ Priority of its generations in the queue; 1 is the highest. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.account_limits_concurrency import AccountLimitsConcurrency  # noqa: PLC0415

        daily_credits: int | None
        daily_credits = self.daily_credits

        concurrency: dict[str, Any] | None
        if isinstance(self.concurrency, AccountLimitsConcurrency):
            concurrency = self.concurrency.to_dict()
        else:
            concurrency = self.concurrency

        requests_per_minute: int | None
        requests_per_minute = self.requests_per_minute

        priority = self.priority

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "daily_credits": daily_credits,
                "concurrency": concurrency,
                "requests_per_minute": requests_per_minute,
                "priority": priority,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.account_limits_concurrency import AccountLimitsConcurrency  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_daily_credits(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        daily_credits = _parse_daily_credits(d.pop("daily_credits"))

        def _parse_concurrency(data: object) -> AccountLimitsConcurrency | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                concurrency_concurrency = AccountLimitsConcurrency.from_dict(data)

                return concurrency_concurrency
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AccountLimitsConcurrency | None, data)

        concurrency = _parse_concurrency(d.pop("concurrency"))

        def _parse_requests_per_minute(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        requests_per_minute = _parse_requests_per_minute(d.pop("requests_per_minute"))

        priority = d.pop("priority")

        account_limits = cls(
            daily_credits=daily_credits,
            concurrency=concurrency,
            requests_per_minute=requests_per_minute,
            priority=priority,
        )

        account_limits.additional_properties = d
        return account_limits

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
