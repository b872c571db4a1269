from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.create_webhook_endpoint_response_201_disabled_because import (
    CreateWebhookEndpointResponse201DisabledBecause,
    check_create_webhook_endpoint_response_201_disabled_because,
)
from ..models.create_webhook_endpoint_response_201_state import (
    CreateWebhookEndpointResponse201State,
    check_create_webhook_endpoint_response_201_state,
)

T = TypeVar("T", bound="CreateWebhookEndpointResponse201")


@_attrs_define
class CreateWebhookEndpointResponse201:
    id: str
    """ Id of the object. """
    url: str
    """ Where events are sent. """
    events: list[str] | None
    """ null: all events. """
    state: CreateWebhookEndpointResponse201State
    """ disabled endpoints get no events until they are enabled again. """
    disabled_because: CreateWebhookEndpointResponse201DisabledBecause | None
    """ gone: it answered 410. failing: every attempt failed for three days. null: it is enabled. """
    disabled_at: datetime.datetime | None
    """ When it was disabled; null while it is enabled. """
    created_at: datetime.datetime
    """ When it was created. """
    secret: str
    """ Verifies signatures (Standard Webhooks). Shown once. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        url = self.url

        events: list[str] | None
        if isinstance(self.events, list):
            events = self.events

        else:
            events = self.events

        state: str = self.state

        disabled_because: None | str
        if isinstance(self.disabled_because, str):
            disabled_because = self.disabled_because
        else:
            disabled_because = self.disabled_because

        disabled_at: None | str
        if isinstance(self.disabled_at, datetime.datetime):
            disabled_at = self.disabled_at.isoformat()
        else:
            disabled_at = self.disabled_at

        created_at = self.created_at.isoformat()

        secret = self.secret

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "url": url,
                "events": events,
                "state": state,
                "disabled_because": disabled_because,
                "disabled_at": disabled_at,
                "created_at": created_at,
                "secret": secret,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        url = d.pop("url")

        def _parse_events(data: object) -> list[str] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                events_type_0 = cast(list[str], data)

                return events_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None, data)

        events = _parse_events(d.pop("events"))

        state = check_create_webhook_endpoint_response_201_state(d.pop("state"))

        def _parse_disabled_because(data: object) -> CreateWebhookEndpointResponse201DisabledBecause | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                disabled_because_disabled_because = check_create_webhook_endpoint_response_201_disabled_because(data)

                return disabled_because_disabled_because
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreateWebhookEndpointResponse201DisabledBecause | None, data)

        disabled_because = _parse_disabled_because(d.pop("disabled_because"))

        def _parse_disabled_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                disabled_at_type_0 = datetime.datetime.fromisoformat(data)

                return disabled_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        disabled_at = _parse_disabled_at(d.pop("disabled_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        secret = d.pop("secret")

        create_webhook_endpoint_response_201 = cls(
            id=id,
            url=url,
            events=events,
            state=state,
            disabled_because=disabled_because,
            disabled_at=disabled_at,
            created_at=created_at,
            secret=secret,
        )

        create_webhook_endpoint_response_201.additional_properties = d
        return create_webhook_endpoint_response_201

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
