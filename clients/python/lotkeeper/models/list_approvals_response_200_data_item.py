from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ListApprovalsResponse200DataItem")


@_attrs_define
class ListApprovalsResponse200DataItem:
    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    kind: str
    """ What waits: a compensation or an audit. """
    subject: str
    """ Id of the compensation or audit. """
    requested_at: datetime.datetime
    """ When it was requested. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        account = self.account

        kind = self.kind

        subject = self.subject

        requested_at = self.requested_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "kind": kind,
                "subject": subject,
                "requested_at": requested_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        kind = d.pop("kind")

        subject = d.pop("subject")

        requested_at = datetime.datetime.fromisoformat(d.pop("requested_at"))

        list_approvals_response_200_data_item = cls(
            id=id,
            account=account,
            kind=kind,
            subject=subject,
            requested_at=requested_at,
        )

        list_approvals_response_200_data_item.additional_properties = d
        return list_approvals_response_200_data_item

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
