from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.membership_state import MembershipState, check_membership_state
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.membership_history_item import MembershipHistoryItem
    from ..models.membership_joins import MembershipJoins
    from ..models.membership_next_grant import MembershipNextGrant
    from ..models.membership_scheduled_change import MembershipScheduledChange
    from ..models.membership_subscription_change import MembershipSubscriptionChange


T = TypeVar("T", bound="Membership")


@_attrs_define
class Membership:
    """A plan that an account has, and what it grants next."""

    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    provider: str
    """ Where it is paid: stripe, or manual when you report payments. """
    external_id: None | str
    """ Id of the subscription at the provider; null if there is none. """
    plan: str
    """ Id of the plan in the policy. """
    slots: int
    """ Number of seats or units; the monthly credits are multiplied by it. """
    state: MembershipState
    """ past_due: the payment is late, and the grace period runs. lapsed: not paid; members-only credits are frozen.
    """
    anchor: datetime.datetime
    """ Start of the membership. Grants follow on this day of each month. """
    paid_through: datetime.datetime | None
    """ Until when it is paid; null: it has no end. """
    trial_ends_at: datetime.datetime | None
    """ When the trial ends or ended; null: there was none. """
    cancel_at_period_end: bool
    """ Whether it ends when the paid period ends. """
    current_period_end: datetime.datetime | None
    """ When a cancellation at the end of the period takes effect; null if not running. """
    next_grant: MembershipNextGrant | None
    """ The next credits; null if none are due. """
    scheduled_change: MembershipScheduledChange | None
    """ The plan and slots from the next grant on; null: they stay. """
    joins: MembershipJoins | None
    """ The combination that ends it; null if it is not being combined. """
    subscription_change: MembershipSubscriptionChange | None
    """ A change that the payment provider has not made yet; null: there is none. """
    history: list[MembershipHistoryItem]
    """ What happened to the membership, oldest first. """
    not_configured: list[str] | Unset = UNSET
    """ Amounts that the policy does not set yet. Nothing is granted until it does. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.membership_joins import MembershipJoins  # noqa: PLC0415
        from ..models.membership_next_grant import MembershipNextGrant  # noqa: PLC0415
        from ..models.membership_scheduled_change import MembershipScheduledChange  # noqa: PLC0415
        from ..models.membership_subscription_change import MembershipSubscriptionChange  # noqa: PLC0415

        id = self.id

        account = self.account

        provider = self.provider

        external_id: None | str
        external_id = self.external_id

        plan = self.plan

        slots = self.slots

        state: str = self.state

        anchor = self.anchor.isoformat()

        paid_through: None | str
        if isinstance(self.paid_through, datetime.datetime):
            paid_through = self.paid_through.isoformat()
        else:
            paid_through = self.paid_through

        trial_ends_at: None | str
        if isinstance(self.trial_ends_at, datetime.datetime):
            trial_ends_at = self.trial_ends_at.isoformat()
        else:
            trial_ends_at = self.trial_ends_at

        cancel_at_period_end = self.cancel_at_period_end

        current_period_end: None | str
        if isinstance(self.current_period_end, datetime.datetime):
            current_period_end = self.current_period_end.isoformat()
        else:
            current_period_end = self.current_period_end

        next_grant: dict[str, Any] | None
        if isinstance(self.next_grant, MembershipNextGrant):
            next_grant = self.next_grant.to_dict()
        else:
            next_grant = self.next_grant

        scheduled_change: dict[str, Any] | None
        if isinstance(self.scheduled_change, MembershipScheduledChange):
            scheduled_change = self.scheduled_change.to_dict()
        else:
            scheduled_change = self.scheduled_change

        joins: dict[str, Any] | None
        if isinstance(self.joins, MembershipJoins):
            joins = self.joins.to_dict()
        else:
            joins = self.joins

        subscription_change: dict[str, Any] | None
        if isinstance(self.subscription_change, MembershipSubscriptionChange):
            subscription_change = self.subscription_change.to_dict()
        else:
            subscription_change = self.subscription_change

        history = []
        for history_item_data in self.history:
            history_item = history_item_data.to_dict()
            history.append(history_item)

        not_configured: list[str] | Unset = UNSET
        if not isinstance(self.not_configured, Unset):
            not_configured = self.not_configured

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "provider": provider,
                "external_id": external_id,
                "plan": plan,
                "slots": slots,
                "state": state,
                "anchor": anchor,
                "paid_through": paid_through,
                "trial_ends_at": trial_ends_at,
                "cancel_at_period_end": cancel_at_period_end,
                "current_period_end": current_period_end,
                "next_grant": next_grant,
                "scheduled_change": scheduled_change,
                "joins": joins,
                "subscription_change": subscription_change,
                "history": history,
            }
        )
        if not_configured is not UNSET:
            field_dict["not_configured"] = not_configured

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.membership_history_item import MembershipHistoryItem  # noqa: PLC0415
        from ..models.membership_joins import MembershipJoins  # noqa: PLC0415
        from ..models.membership_next_grant import MembershipNextGrant  # noqa: PLC0415
        from ..models.membership_scheduled_change import MembershipScheduledChange  # noqa: PLC0415
        from ..models.membership_subscription_change import MembershipSubscriptionChange  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        provider = d.pop("provider")

        def _parse_external_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        external_id = _parse_external_id(d.pop("external_id"))

        plan = d.pop("plan")

        slots = d.pop("slots")

        state = check_membership_state(d.pop("state"))

        anchor = datetime.datetime.fromisoformat(d.pop("anchor"))

        def _parse_paid_through(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                paid_through_type_0 = datetime.datetime.fromisoformat(data)

                return paid_through_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        paid_through = _parse_paid_through(d.pop("paid_through"))

        def _parse_trial_ends_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                trial_ends_at_type_0 = datetime.datetime.fromisoformat(data)

                return trial_ends_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        trial_ends_at = _parse_trial_ends_at(d.pop("trial_ends_at"))

        cancel_at_period_end = d.pop("cancel_at_period_end")

        def _parse_current_period_end(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                current_period_end_type_0 = datetime.datetime.fromisoformat(data)

                return current_period_end_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        current_period_end = _parse_current_period_end(d.pop("current_period_end"))

        def _parse_next_grant(data: object) -> MembershipNextGrant | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_grant_next_grant = MembershipNextGrant.from_dict(data)

                return next_grant_next_grant
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MembershipNextGrant | None, data)

        next_grant = _parse_next_grant(d.pop("next_grant"))

        def _parse_scheduled_change(data: object) -> MembershipScheduledChange | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                scheduled_change_scheduled_change = MembershipScheduledChange.from_dict(data)

                return scheduled_change_scheduled_change
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MembershipScheduledChange | None, data)

        scheduled_change = _parse_scheduled_change(d.pop("scheduled_change"))

        def _parse_joins(data: object) -> MembershipJoins | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                joins_joins = MembershipJoins.from_dict(data)

                return joins_joins
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MembershipJoins | None, data)

        joins = _parse_joins(d.pop("joins"))

        def _parse_subscription_change(data: object) -> MembershipSubscriptionChange | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subscription_change_subscription_change = MembershipSubscriptionChange.from_dict(data)

                return subscription_change_subscription_change
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MembershipSubscriptionChange | None, data)

        subscription_change = _parse_subscription_change(d.pop("subscription_change"))

        history = []
        _history = d.pop("history")
        for history_item_data in _history:
            history_item = MembershipHistoryItem.from_dict(history_item_data)

            history.append(history_item)

        not_configured = cast(list[str], d.pop("not_configured", UNSET))

        membership = cls(
            id=id,
            account=account,
            provider=provider,
            external_id=external_id,
            plan=plan,
            slots=slots,
            state=state,
            anchor=anchor,
            paid_through=paid_through,
            trial_ends_at=trial_ends_at,
            cancel_at_period_end=cancel_at_period_end,
            current_period_end=current_period_end,
            next_grant=next_grant,
            scheduled_change=scheduled_change,
            joins=joins,
            subscription_change=subscription_change,
            history=history,
            not_configured=not_configured,
        )

        membership.additional_properties = d
        return membership

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
