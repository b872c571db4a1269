from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.start_membership_body_provider import StartMembershipBodyProvider, check_start_membership_body_provider
from ..types import UNSET, Unset

T = TypeVar("T", bound="StartMembershipBody")


@_attrs_define
class StartMembershipBody:
    plan: str
    """ Id of the plan in the policy. """
    slots: int | Unset = UNSET
    """ Number of seats or units; the monthly credits are multiplied by it. """
    trial: bool | Unset = UNSET
    """ Whether to start with the trial of the plan. """
    anchor: datetime.datetime | Unset = UNSET
    """ Start of the membership and day of its grants; now if omitted. """
    paid_through: datetime.datetime | Unset = UNSET
    """ One period if omitted. """
    provider: StartMembershipBodyProvider | Unset = "manual"
    """ Where it is paid: stripe, or manual when you report payments. """
    external_id: str | Unset = UNSET
    """ For stripe: the id of the subscription, which then determines plan, slots and times. It must be of this
    account, by its metadata or its customer. """

    def to_dict(self) -> dict[str, Any]:
        plan = self.plan

        slots = self.slots

        trial = self.trial

        anchor: str | Unset = UNSET
        if not isinstance(self.anchor, Unset):
            anchor = self.anchor.isoformat()

        paid_through: str | Unset = UNSET
        if not isinstance(self.paid_through, Unset):
            paid_through = self.paid_through.isoformat()

        provider: str | Unset = UNSET
        if not isinstance(self.provider, Unset):
            provider = self.provider

        external_id = self.external_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "plan": plan,
            }
        )
        if slots is not UNSET:
            field_dict["slots"] = slots
        if trial is not UNSET:
            field_dict["trial"] = trial
        if anchor is not UNSET:
            field_dict["anchor"] = anchor
        if paid_through is not UNSET:
            field_dict["paid_through"] = paid_through
        if provider is not UNSET:
            field_dict["provider"] = provider
        if external_id is not UNSET:
            field_dict["external_id"] = external_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        plan = d.pop("plan")

        slots = d.pop("slots", UNSET)

        trial = d.pop("trial", UNSET)

        _anchor = d.pop("anchor", UNSET)
        anchor: datetime.datetime | Unset
        if isinstance(_anchor, Unset):
            anchor = UNSET
        else:
            anchor = datetime.datetime.fromisoformat(_anchor)

        _paid_through = d.pop("paid_through", UNSET)
        paid_through: datetime.datetime | Unset
        if isinstance(_paid_through, Unset):
            paid_through = UNSET
        else:
            paid_through = datetime.datetime.fromisoformat(_paid_through)

        _provider = d.pop("provider", UNSET)
        provider: StartMembershipBodyProvider | Unset
        if isinstance(_provider, Unset):
            provider = UNSET
        else:
            provider = check_start_membership_body_provider(_provider)

        external_id = d.pop("external_id", UNSET)

        start_membership_body = cls(
            plan=plan,
            slots=slots,
            trial=trial,
            anchor=anchor,
            paid_through=paid_through,
            provider=provider,
            external_id=external_id,
        )

        return start_membership_body
