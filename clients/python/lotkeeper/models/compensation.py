from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.compensation_state import CompensationState, check_compensation_state

if TYPE_CHECKING:
    from ..models.lot import Lot


T = TypeVar("T", bound="Compensation")


@_attrs_define
class Compensation:
    """Credits given back for an error, with a bonus."""

    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    state: CompensationState
    """ awaiting_approval until a second person has approved it. """
    cause: str
    """ Why credits are compensated; the policy lists the causes. """
    generation: None | str
    """ Id of the generation; null if it concerns none. """
    lost: int
    """ Credits given back. """
    bonus: int
    """ Credits added. """
    lots: list[Lot]
    """ The lots that were granted. """
    approval: None | str
    """ Id of the approval that it waits for; null if it waits for none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        account = self.account

        state: str = self.state

        cause = self.cause

        generation: None | str
        generation = self.generation

        lost = self.lost

        bonus = self.bonus

        lots = []
        for lots_item_data in self.lots:
            lots_item = lots_item_data.to_dict()
            lots.append(lots_item)

        approval: None | str
        approval = self.approval

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "state": state,
                "cause": cause,
                "generation": generation,
                "lost": lost,
                "bonus": bonus,
                "lots": lots,
                "approval": approval,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lot import Lot  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        state = check_compensation_state(d.pop("state"))

        cause = d.pop("cause")

        def _parse_generation(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        generation = _parse_generation(d.pop("generation"))

        lost = d.pop("lost")

        bonus = d.pop("bonus")

        lots = []
        _lots = d.pop("lots")
        for lots_item_data in _lots:
            lots_item = Lot.from_dict(lots_item_data)

            lots.append(lots_item)

        def _parse_approval(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        approval = _parse_approval(d.pop("approval"))

        compensation = cls(
            id=id,
            account=account,
            state=state,
            cause=cause,
            generation=generation,
            lost=lost,
            bonus=bonus,
            lots=lots,
            approval=approval,
        )

        compensation.additional_properties = d
        return compensation

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
