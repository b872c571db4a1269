from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.attention_item_kind import AttentionItemKind, check_attention_item_kind

if TYPE_CHECKING:
    from ..models.attention_item_actions_item import AttentionItemActionsItem
    from ..models.attention_item_subject import AttentionItemSubject


T = TypeVar("T", bound="AttentionItem")


@_attrs_define
class AttentionItem:
    """Something that needs a person."""

    id: str
    """ Its id; an approval and an unassigned payment have their own. """
    kind: AttentionItemKind
    """ Why it needs a person; docs/operations.md says what to do. """
    title: str
    """ The kind in words. """
    reason: str
    """ The details, and what to do first. """
    subject: AttentionItemSubject
    """ The object that needs a person. """
    account: None | str
    """ Whose it is; null if it is about no account. """
    since: datetime.datetime
    """ When it was raised, by the account's clock. """
    due_at: datetime.datetime
    """ When a person should have dealt with it, by the policy's attention. """
    amount: int | None
    """ Price of the purchase, or the unassigned money, in minor units; null: there is none. """
    currency: None | str
    """ Currency of the amount; null: there is none. """
    actions: list[AttentionItemActionsItem]
    """ The calls that resolve it or help to, the usual one first. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind: str = self.kind

        title = self.title

        reason = self.reason

        subject = self.subject.to_dict()

        account: None | str
        account = self.account

        since = self.since.isoformat()

        due_at = self.due_at.isoformat()

        amount: int | None
        amount = self.amount

        currency: None | str
        currency = self.currency

        actions = []
        for actions_item_data in self.actions:
            actions_item = actions_item_data.to_dict()
            actions.append(actions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "title": title,
                "reason": reason,
                "subject": subject,
                "account": account,
                "since": since,
                "due_at": due_at,
                "amount": amount,
                "currency": currency,
                "actions": actions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attention_item_actions_item import AttentionItemActionsItem  # noqa: PLC0415
        from ..models.attention_item_subject import AttentionItemSubject  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        kind = check_attention_item_kind(d.pop("kind"))

        title = d.pop("title")

        reason = d.pop("reason")

        subject = AttentionItemSubject.from_dict(d.pop("subject"))

        def _parse_account(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        account = _parse_account(d.pop("account"))

        since = datetime.datetime.fromisoformat(d.pop("since"))

        due_at = datetime.datetime.fromisoformat(d.pop("due_at"))

        def _parse_amount(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        amount = _parse_amount(d.pop("amount"))

        def _parse_currency(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        currency = _parse_currency(d.pop("currency"))

        actions = []
        _actions = d.pop("actions")
        for actions_item_data in _actions:
            actions_item = AttentionItemActionsItem.from_dict(actions_item_data)

            actions.append(actions_item)

        attention_item = cls(
            id=id,
            kind=kind,
            title=title,
            reason=reason,
            subject=subject,
            account=account,
            since=since,
            due_at=due_at,
            amount=amount,
            currency=currency,
            actions=actions,
        )

        attention_item.additional_properties = d
        return attention_item

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
