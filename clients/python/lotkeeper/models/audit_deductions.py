from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.audit_deductions_by_support_item import AuditDeductionsBySupportItem


T = TypeVar("T", bound="AuditDeductions")


@_attrs_define
class AuditDeductions:
    """Where the credits that the account received are."""

    granted: int
    """ All credits that the account received; the other amounts sum to it. """
    available: int
    """ Credits that are left, frozen ones too. """
    held: int
    """ Credits reserved for work in progress. """
    spent: int
    """ Credits that were spent. """
    expired: int
    """ Credits that expired. """
    money_back: int
    """ Revoked because their payment went back. """
    corrections: int
    """ Revoked by corrections of audits. """
    by_support: list[AuditDeductionsBySupportItem]
    """ Adjustments that took credits. Those that are not restored can be. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        granted = self.granted

        available = self.available

        held = self.held

        spent = self.spent

        expired = self.expired

        money_back = self.money_back

        corrections = self.corrections

        by_support = []
        for by_support_item_data in self.by_support:
            by_support_item = by_support_item_data.to_dict()
            by_support.append(by_support_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "granted": granted,
                "available": available,
                "held": held,
                "spent": spent,
                "expired": expired,
                "money_back": money_back,
                "corrections": corrections,
                "by_support": by_support,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.audit_deductions_by_support_item import AuditDeductionsBySupportItem  # noqa: PLC0415

        d = dict(src_dict)
        granted = d.pop("granted")

        available = d.pop("available")

        held = d.pop("held")

        spent = d.pop("spent")

        expired = d.pop("expired")

        money_back = d.pop("money_back")

        corrections = d.pop("corrections")

        by_support = []
        _by_support = d.pop("by_support")
        for by_support_item_data in _by_support:
            by_support_item = AuditDeductionsBySupportItem.from_dict(by_support_item_data)

            by_support.append(by_support_item)

        audit_deductions = cls(
            granted=granted,
            available=available,
            held=held,
            spent=spent,
            expired=expired,
            money_back=money_back,
            corrections=corrections,
            by_support=by_support,
        )

        audit_deductions.additional_properties = d
        return audit_deductions

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
