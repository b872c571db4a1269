from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.compensation import Compensation
    from ..models.preview_compensation_response_200_after import PreviewCompensationResponse200After
    from ..models.preview_compensation_response_200_before import PreviewCompensationResponse200Before


T = TypeVar("T", bound="PreviewCompensationResponse200")


@_attrs_define
class PreviewCompensationResponse200:
    before: PreviewCompensationResponse200Before
    """ The credits now. """
    after: PreviewCompensationResponse200After
    """ The credits as the call would leave them. """
    result: Compensation
    """ Credits given back for an error, with a bonus. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        before = self.before.to_dict()

        after = self.after.to_dict()

        result = self.result.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "before": before,
                "after": after,
                "result": result,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.compensation import Compensation  # noqa: PLC0415
        from ..models.preview_compensation_response_200_after import PreviewCompensationResponse200After  # noqa: PLC0415
        from ..models.preview_compensation_response_200_before import PreviewCompensationResponse200Before  # noqa: PLC0415

        d = dict(src_dict)
        before = PreviewCompensationResponse200Before.from_dict(d.pop("before"))

        after = PreviewCompensationResponse200After.from_dict(d.pop("after"))

        result = Compensation.from_dict(d.pop("result"))

        preview_compensation_response_200 = cls(
            before=before,
            after=after,
            result=result,
        )

        preview_compensation_response_200.additional_properties = d
        return preview_compensation_response_200

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
