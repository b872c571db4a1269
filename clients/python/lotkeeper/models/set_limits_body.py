from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.set_limits_body_arrangement import SetLimitsBodyArrangement


T = TypeVar("T", bound="SetLimitsBody")


@_attrs_define
class SetLimitsBody:
    daily_limit: int | None | Unset = UNSET
    """ Credits per day; null: the policy's limit. """
    concurrency: int | None | Unset = UNSET
    """ Concurrent generations; null: the policy's limit. """
    arrangement: None | SetLimitsBodyArrangement | Unset = UNSET
    """ null ends the arrangement. """
    reason: str | Unset = UNSET
    """ Stored in the activity log and the ledger. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.set_limits_body_arrangement import SetLimitsBodyArrangement  # noqa: PLC0415

        daily_limit: int | None | Unset
        if isinstance(self.daily_limit, Unset):
            daily_limit = UNSET
        else:
            daily_limit = self.daily_limit

        concurrency: int | None | Unset
        if isinstance(self.concurrency, Unset):
            concurrency = UNSET
        else:
            concurrency = self.concurrency

        arrangement: dict[str, Any] | None | Unset
        if isinstance(self.arrangement, Unset):
            arrangement = UNSET
        elif isinstance(self.arrangement, SetLimitsBodyArrangement):
            arrangement = self.arrangement.to_dict()
        else:
            arrangement = self.arrangement

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if daily_limit is not UNSET:
            field_dict["daily_limit"] = daily_limit
        if concurrency is not UNSET:
            field_dict["concurrency"] = concurrency
        if arrangement is not UNSET:
            field_dict["arrangement"] = arrangement
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.set_limits_body_arrangement import SetLimitsBodyArrangement  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_daily_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        daily_limit = _parse_daily_limit(d.pop("daily_limit", UNSET))

        def _parse_concurrency(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        concurrency = _parse_concurrency(d.pop("concurrency", UNSET))

        def _parse_arrangement(data: object) -> None | SetLimitsBodyArrangement | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                arrangement_arrangement = SetLimitsBodyArrangement.from_dict(data)

                return arrangement_arrangement
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SetLimitsBodyArrangement | Unset, data)

        arrangement = _parse_arrangement(d.pop("arrangement", UNSET))

        reason = d.pop("reason", UNSET)

        set_limits_body = cls(
            daily_limit=daily_limit,
            concurrency=concurrency,
            arrangement=arrangement,
            reason=reason,
        )

        return set_limits_body
