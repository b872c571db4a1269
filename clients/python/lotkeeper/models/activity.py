from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.activity_detail import ActivityDetail


T = TypeVar("T", bound="Activity")


@_attrs_define
class Activity:
    """Something that support did."""

    id: str
    """ Id of the object. """
    at: datetime.datetime
    """ When it happened. """
    recorded_at: datetime.datetime
    """ When it was written, which may be later than when it took effect. """
    actor: str
    """ Name of the API key, or of the person who is signed in to the console. """
    key: str
    """ Id of the API key or the person. """
    action: str
    """ The kind of action, such as grant, compensation or limits. """
    reason: None | str
    """ Why; null if no reason was given. """
    detail: ActivityDetail
    """ The fields of the request. """
    done: bool
    """ false when the action was refused or is still in progress. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        at = self.at.isoformat()

        recorded_at = self.recorded_at.isoformat()

        actor = self.actor

        key = self.key

        action = self.action

        reason: None | str
        reason = self.reason

        detail = self.detail.to_dict()

        done = self.done

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "at": at,
                "recorded_at": recorded_at,
                "actor": actor,
                "key": key,
                "action": action,
                "reason": reason,
                "detail": detail,
                "done": done,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.activity_detail import ActivityDetail  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        recorded_at = datetime.datetime.fromisoformat(d.pop("recorded_at"))

        actor = d.pop("actor")

        key = d.pop("key")

        action = d.pop("action")

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(d.pop("reason"))

        detail = ActivityDetail.from_dict(d.pop("detail"))

        done = d.pop("done")

        activity = cls(
            id=id,
            at=at,
            recorded_at=recorded_at,
            actor=actor,
            key=key,
            action=action,
            reason=reason,
            detail=detail,
            done=done,
        )

        activity.additional_properties = d
        return activity

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
