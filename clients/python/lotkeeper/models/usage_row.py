from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="UsageRow")


@_attrs_define
class UsageRow:
    """One month of one source. Months are in UTC."""

    month: str
    """ Such as 2026-11. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    granted: int
    """ Credits granted in the month. """
    spent: int
    """ Credits that were spent. """
    refunded: int
    """ Credits that were released after they had been reserved. """
    expired: int
    """ Credits that expired unused: the breakage. """
    revoked: int
    """ Credits taken back by refunds, disputes and corrections, less those given back again. """
    outstanding: int
    """ The liability: credits that customers had at the end of the month, frozen and reserved ones too. Of the
    current month: now. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        month = self.month

        source = self.source

        granted = self.granted

        spent = self.spent

        refunded = self.refunded

        expired = self.expired

        revoked = self.revoked

        outstanding = self.outstanding

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "month": month,
                "source": source,
                "granted": granted,
                "spent": spent,
                "refunded": refunded,
                "expired": expired,
                "revoked": revoked,
                "outstanding": outstanding,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        month = d.pop("month")

        source = d.pop("source")

        granted = d.pop("granted")

        spent = d.pop("spent")

        refunded = d.pop("refunded")

        expired = d.pop("expired")

        revoked = d.pop("revoked")

        outstanding = d.pop("outstanding")

        usage_row = cls(
            month=month,
            source=source,
            granted=granted,
            spent=spent,
            refunded=refunded,
            expired=expired,
            revoked=revoked,
            outstanding=outstanding,
        )

        usage_row.additional_properties = d
        return usage_row

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
