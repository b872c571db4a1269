from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.limits_limit_overrides import LimitsLimitOverrides


T = TypeVar("T", bound="Limits")


@_attrs_define
class Limits:
    """The limits of an account, from its plans and from support."""

    account: str
    """ The product's own id of the account. """
    daily_limit: int | None
    """ Credits a day; null: no limit. """
    concurrency: int | None
    """ Generations in progress at the same time; null: no limit. """
    limit_overrides: LimitsLimitOverrides
    """ What support has set for this account. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        daily_limit: int | None
        daily_limit = self.daily_limit

        concurrency: int | None
        concurrency = self.concurrency

        limit_overrides = self.limit_overrides.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "daily_limit": daily_limit,
                "concurrency": concurrency,
                "limit_overrides": limit_overrides,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.limits_limit_overrides import LimitsLimitOverrides  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        def _parse_daily_limit(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        daily_limit = _parse_daily_limit(d.pop("daily_limit"))

        def _parse_concurrency(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        concurrency = _parse_concurrency(d.pop("concurrency"))

        limit_overrides = LimitsLimitOverrides.from_dict(d.pop("limit_overrides"))

        limits = cls(
            account=account,
            daily_limit=daily_limit,
            concurrency=concurrency,
            limit_overrides=limit_overrides,
        )

        limits.additional_properties = d
        return limits

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
