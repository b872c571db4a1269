from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Entry")


@_attrs_define
class Entry:
    """One movement of credits of one lot between two states. Entries are final."""

    id: str
    """ Id of the object. """
    at: datetime.datetime
    """ When the movement took effect. """
    recorded_at: datetime.datetime
    """ When it was written, which may be later than when it took effect. """
    lot: str
    """ Id of the lot. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    from_: str
    """ The state before: issued, available, held, spent, expired or revoked. """
    to: str
    """ The state after. """
    amount: int
    """ Credits. """
    reason: str
    """ Why the credits moved, such as reserve, settle or expiry. """
    operation: None | str
    """ Name of the operation in the policy; null if the entry belongs to no generation. """
    generation: None | str
    """ Id of the generation; null if it concerns none. """
    api_key: None | str
    """ Name of the API key that made the request; null if it was not a request. """
    balance_after: int
    """ The account's available credits after it, including frozen ones. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        at = self.at.isoformat()

        recorded_at = self.recorded_at.isoformat()

        lot = self.lot

        source = self.source

        from_ = self.from_

        to = self.to

        amount = self.amount

        reason = self.reason

        operation: None | str
        operation = self.operation

        generation: None | str
        generation = self.generation

        api_key: None | str
        api_key = self.api_key

        balance_after = self.balance_after

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "at": at,
                "recorded_at": recorded_at,
                "lot": lot,
                "source": source,
                "from": from_,
                "to": to,
                "amount": amount,
                "reason": reason,
                "operation": operation,
                "generation": generation,
                "api_key": api_key,
                "balance_after": balance_after,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        recorded_at = datetime.datetime.fromisoformat(d.pop("recorded_at"))

        lot = d.pop("lot")

        source = d.pop("source")

        from_ = d.pop("from")

        to = d.pop("to")

        amount = d.pop("amount")

        reason = d.pop("reason")

        def _parse_operation(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        operation = _parse_operation(d.pop("operation"))

        def _parse_generation(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        generation = _parse_generation(d.pop("generation"))

        def _parse_api_key(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        api_key = _parse_api_key(d.pop("api_key"))

        balance_after = d.pop("balance_after")

        entry = cls(
            id=id,
            at=at,
            recorded_at=recorded_at,
            lot=lot,
            source=source,
            from_=from_,
            to=to,
            amount=amount,
            reason=reason,
            operation=operation,
            generation=generation,
            api_key=api_key,
            balance_after=balance_after,
        )

        entry.additional_properties = d
        return entry

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
