from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.defect_state import DefectState, check_defect_state

T = TypeVar("T", bound="Defect")


@_attrs_define
class Defect:
    """A report that the result of a generation is defective."""

    id: str
    """ Id of the object. """
    generation: str
    """ Id of the generation. """
    operation: str
    """ The operation of the generation. """
    items: list[int] | None
    """ Indexes of the defective items, from 0; null if the report is about all of them. """
    reason: None | str
    """ Why; null if no reason was given. """
    state: DefectState
    """ correcting: a free correction was reserved since the report. corrected: it was delivered. """
    reported_at: datetime.datetime
    """ When it was reported. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        generation = self.generation

        operation = self.operation

        items: list[int] | None
        if isinstance(self.items, list):
            items = self.items

        else:
            items = self.items

        reason: None | str
        reason = self.reason

        state: str = self.state

        reported_at = self.reported_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "generation": generation,
                "operation": operation,
                "items": items,
                "reason": reason,
                "state": state,
                "reported_at": reported_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        generation = d.pop("generation")

        operation = d.pop("operation")

        def _parse_items(data: object) -> list[int] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                items_type_0 = cast(list[int], data)

                return items_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None, data)

        items = _parse_items(d.pop("items"))

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(d.pop("reason"))

        state = check_defect_state(d.pop("state"))

        reported_at = datetime.datetime.fromisoformat(d.pop("reported_at"))

        defect = cls(
            id=id,
            generation=generation,
            operation=operation,
            items=items,
            reason=reason,
            state=state,
            reported_at=reported_at,
        )

        defect.additional_properties = d
        return defect

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
