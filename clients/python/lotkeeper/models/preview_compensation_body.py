from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PreviewCompensationBody")


@_attrs_define
class PreviewCompensationBody:
    cause: str
    """ Why credits are compensated; the policy lists the causes. """
    lost: int | Unset = UNSET
    """ Credits; all of the generation's spent credits if omitted. """
    generation: str | Unset = UNSET
    """ A generation is compensated once. """
    multiplier: float | Unset = UNSET
    """ Bonus as a multiple of the lost credits. """
    reason: str | Unset = UNSET
    """ Stored in the activity log and the ledger. No personal data. """

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause

        lost = self.lost

        generation = self.generation

        multiplier = self.multiplier

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cause": cause,
            }
        )
        if lost is not UNSET:
            field_dict["lost"] = lost
        if generation is not UNSET:
            field_dict["generation"] = generation
        if multiplier is not UNSET:
            field_dict["multiplier"] = multiplier
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cause = d.pop("cause")

        lost = d.pop("lost", UNSET)

        generation = d.pop("generation", UNSET)

        multiplier = d.pop("multiplier", UNSET)

        reason = d.pop("reason", UNSET)

        preview_compensation_body = cls(
            cause=cause,
            lost=lost,
            generation=generation,
            multiplier=multiplier,
            reason=reason,
        )

        return preview_compensation_body
