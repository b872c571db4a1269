from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PreviewGrantBody")


@_attrs_define
class PreviewGrantBody:
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits. """
    reason: str
    """ Stored in the activity log and the ledger. No personal data. """
    expires_at: datetime.datetime | Unset = UNSET
    """ The source's validity if omitted. """
    campaign: str | Unset = UNSET
    """ Id of the campaign. """

    def to_dict(self) -> dict[str, Any]:
        source = self.source

        amount = self.amount

        reason = self.reason

        expires_at: str | Unset = UNSET
        if not isinstance(self.expires_at, Unset):
            expires_at = self.expires_at.isoformat()

        campaign = self.campaign

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "source": source,
                "amount": amount,
                "reason": reason,
            }
        )
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if campaign is not UNSET:
            field_dict["campaign"] = campaign

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        source = d.pop("source")

        amount = d.pop("amount")

        reason = d.pop("reason")

        _expires_at = d.pop("expires_at", UNSET)
        expires_at: datetime.datetime | Unset
        if isinstance(_expires_at, Unset):
            expires_at = UNSET
        else:
            expires_at = datetime.datetime.fromisoformat(_expires_at)

        campaign = d.pop("campaign", UNSET)

        preview_grant_body = cls(
            source=source,
            amount=amount,
            reason=reason,
            expires_at=expires_at,
            campaign=campaign,
        )

        return preview_grant_body
