from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.preview_adjustment_response_200_after import PreviewAdjustmentResponse200After
    from ..models.preview_adjustment_response_200_before import PreviewAdjustmentResponse200Before
    from ..models.preview_adjustment_response_200_result import PreviewAdjustmentResponse200Result


T = TypeVar("T", bound="PreviewAdjustmentResponse200")


@_attrs_define
class PreviewAdjustmentResponse200:
    before: PreviewAdjustmentResponse200Before
    """ The credits now. """
    after: PreviewAdjustmentResponse200After
    """ The credits as the call would leave them. """
    result: PreviewAdjustmentResponse200Result
    """ The answer that the call itself would give. """
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
        from ..models.preview_adjustment_response_200_after import PreviewAdjustmentResponse200After  # noqa: PLC0415
        from ..models.preview_adjustment_response_200_before import PreviewAdjustmentResponse200Before  # noqa: PLC0415
        from ..models.preview_adjustment_response_200_result import PreviewAdjustmentResponse200Result  # noqa: PLC0415

        d = dict(src_dict)
        before = PreviewAdjustmentResponse200Before.from_dict(d.pop("before"))

        after = PreviewAdjustmentResponse200After.from_dict(d.pop("after"))

        result = PreviewAdjustmentResponse200Result.from_dict(d.pop("result"))

        preview_adjustment_response_200 = cls(
            before=before,
            after=after,
            result=result,
        )

        preview_adjustment_response_200.additional_properties = d
        return preview_adjustment_response_200

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
