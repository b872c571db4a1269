from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="StartCampaignBodyWindow")


@_attrs_define
class StartCampaignBodyWindow:
    """Accounts that join within the window get the credits too; without a window, only existing accounts do."""

    until: datetime.datetime
    """ When the window closes. """
    from_: datetime.datetime | Unset = UNSET
    """ When the window opens; at the start of the campaign if omitted. """

    def to_dict(self) -> dict[str, Any]:
        until = self.until.isoformat()

        from_: str | Unset = UNSET
        if not isinstance(self.from_, Unset):
            from_ = self.from_.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "until": until,
            }
        )
        if from_ is not UNSET:
            field_dict["from"] = from_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        until = datetime.datetime.fromisoformat(d.pop("until"))

        _from_ = d.pop("from", UNSET)
        from_: datetime.datetime | Unset
        if isinstance(_from_, Unset):
            from_ = UNSET
        else:
            from_ = datetime.datetime.fromisoformat(_from_)

        start_campaign_body_window = cls(
            until=until,
            from_=from_,
        )

        return start_campaign_body_window
