from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.email_kind import EmailKind, check_email_kind
from ..models.email_state import EmailState, check_email_state

T = TypeVar("T", bound="Email")


@_attrs_define
class Email:
    """An email to the customer, without its address and text."""

    id: str
    """ Id of the object. """
    kind: EmailKind
    """ What it tells. """
    about: str
    """ The purchase, membership, compensation, audit, day or policy version that it is about. """
    at: datetime.datetime
    """ When its cause happened. """
    state: EmailState
    """ not_sent: refused, given up, or no longer needed. """
    outcome: None | str
    """ The result of the last attempt, or why it is not sent; null before that. """
    next_attempt_at: datetime.datetime | None
    """ When it is sent or tried again; null once that is over. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind: str = self.kind

        about = self.about

        at = self.at.isoformat()

        state: str = self.state

        outcome: None | str
        outcome = self.outcome

        next_attempt_at: None | str
        if isinstance(self.next_attempt_at, datetime.datetime):
            next_attempt_at = self.next_attempt_at.isoformat()
        else:
            next_attempt_at = self.next_attempt_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "about": about,
                "at": at,
                "state": state,
                "outcome": outcome,
                "next_attempt_at": next_attempt_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        kind = check_email_kind(d.pop("kind"))

        about = d.pop("about")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        state = check_email_state(d.pop("state"))

        def _parse_outcome(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        outcome = _parse_outcome(d.pop("outcome"))

        def _parse_next_attempt_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_attempt_at_type_0 = datetime.datetime.fromisoformat(data)

                return next_attempt_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        next_attempt_at = _parse_next_attempt_at(d.pop("next_attempt_at"))

        email = cls(
            id=id,
            kind=kind,
            about=about,
            at=at,
            state=state,
            outcome=outcome,
            next_attempt_at=next_attempt_at,
        )

        email.additional_properties = d
        return email

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
