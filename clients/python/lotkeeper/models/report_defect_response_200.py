from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.report_defect_response_200_corrections import ReportDefectResponse200Corrections


T = TypeVar("T", bound="ReportDefectResponse200")


@_attrs_define
class ReportDefectResponse200:
    id: str
    """ Id of the object. """
    corrections: ReportDefectResponse200Corrections
    """ Free generations with this one as correction_of; 0 where the product offers none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        corrections = self.corrections.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "corrections": corrections,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.report_defect_response_200_corrections import ReportDefectResponse200Corrections  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        corrections = ReportDefectResponse200Corrections.from_dict(d.pop("corrections"))

        report_defect_response_200 = cls(
            id=id,
            corrections=corrections,
        )

        report_defect_response_200.additional_properties = d
        return report_defect_response_200

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
