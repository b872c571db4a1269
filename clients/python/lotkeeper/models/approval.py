from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.approval_kind import ApprovalKind, check_approval_kind
from ..models.approval_state import ApprovalState, check_approval_state

T = TypeVar("T", bound="Approval")


@_attrs_define
class Approval:
    """A request that needs a second person."""

    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    kind: ApprovalKind
    """ What waits: a compensation, the corrections of an audit, or a refund by exception. """
    subject: str
    """ Id of the compensation, audit, purchase or membership. """
    requested_at: datetime.datetime
    """ When it was requested. """
    state: ApprovalState
    """ Nothing of a declined request is carried out. """
    decided_at: datetime.datetime | None
    """ When it was approved or declined; null while it is pending. """
    decline_reason: None | str
    """ Why it was declined; null if it was not. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        account = self.account

        kind: str = self.kind

        subject = self.subject

        requested_at = self.requested_at.isoformat()

        state: str = self.state

        decided_at: None | str
        if isinstance(self.decided_at, datetime.datetime):
            decided_at = self.decided_at.isoformat()
        else:
            decided_at = self.decided_at

        decline_reason: None | str
        decline_reason = self.decline_reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "kind": kind,
                "subject": subject,
                "requested_at": requested_at,
                "state": state,
                "decided_at": decided_at,
                "decline_reason": decline_reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        kind = check_approval_kind(d.pop("kind"))

        subject = d.pop("subject")

        requested_at = datetime.datetime.fromisoformat(d.pop("requested_at"))

        state = check_approval_state(d.pop("state"))

        def _parse_decided_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                decided_at_type_0 = datetime.datetime.fromisoformat(data)

                return decided_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        decided_at = _parse_decided_at(d.pop("decided_at"))

        def _parse_decline_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason"))

        approval = cls(
            id=id,
            account=account,
            kind=kind,
            subject=subject,
            requested_at=requested_at,
            state=state,
            decided_at=decided_at,
            decline_reason=decline_reason,
        )

        approval.additional_properties = d
        return approval

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
