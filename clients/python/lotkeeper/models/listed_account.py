from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ListedAccount")


@_attrs_define
class ListedAccount:
    """An account in a list, with its credits."""

    account: str
    """ The product's own id of the account. """
    email: None | str
    """ Where emails about the credits go; null: none are sent. """
    created_at: datetime.datetime
    """ When it was created. """
    closed_at: datetime.datetime | None
    """ When the account was closed; null while it is open. """
    member: bool
    """ Whether it is a member now. """
    plans: list[str]
    """ The plans of its memberships that have not ended. """
    available: int
    """ Credits that can be spent now. """
    held: int
    """ Credits reserved for work in progress. """
    frozen: int
    """ Credits that cannot be spent until the account is a member again. """
    debt: int
    """ Credits taken back after they were spent. """
    needs_attention: bool
    """ Whether a person must look at something of this account. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        email: None | str
        email = self.email

        created_at = self.created_at.isoformat()

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        member = self.member

        plans = self.plans

        available = self.available

        held = self.held

        frozen = self.frozen

        debt = self.debt

        needs_attention = self.needs_attention

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "email": email,
                "created_at": created_at,
                "closed_at": closed_at,
                "member": member,
                "plans": plans,
                "available": available,
                "held": held,
                "frozen": frozen,
                "debt": debt,
                "needs_attention": needs_attention,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        account = d.pop("account")

        def _parse_email(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        email = _parse_email(d.pop("email"))

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

        member = d.pop("member")

        plans = cast(list[str], d.pop("plans"))

        available = d.pop("available")

        held = d.pop("held")

        frozen = d.pop("frozen")

        debt = d.pop("debt")

        needs_attention = d.pop("needs_attention")

        listed_account = cls(
            account=account,
            email=email,
            created_at=created_at,
            closed_at=closed_at,
            member=member,
            plans=plans,
            available=available,
            held=held,
            frozen=frozen,
            debt=debt,
            needs_attention=needs_attention,
        )

        listed_account.additional_properties = d
        return listed_account

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
