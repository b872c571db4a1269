from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.put_billing_details_response_200_billing_details import PutBillingDetailsResponse200BillingDetails


T = TypeVar("T", bound="PutBillingDetailsResponse200")


@_attrs_define
class PutBillingDetailsResponse200:
    billing_details: None | PutBillingDetailsResponse200BillingDetails
    """ null: none yet. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.put_billing_details_response_200_billing_details import PutBillingDetailsResponse200BillingDetails  # noqa: PLC0415

        billing_details: dict[str, Any] | None
        if isinstance(self.billing_details, PutBillingDetailsResponse200BillingDetails):
            billing_details = self.billing_details.to_dict()
        else:
            billing_details = self.billing_details

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "billing_details": billing_details,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.put_billing_details_response_200_billing_details import PutBillingDetailsResponse200BillingDetails  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_billing_details(data: object) -> None | PutBillingDetailsResponse200BillingDetails:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                billing_details_billing_details = PutBillingDetailsResponse200BillingDetails.from_dict(data)

                return billing_details_billing_details
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PutBillingDetailsResponse200BillingDetails, data)

        billing_details = _parse_billing_details(d.pop("billing_details"))

        put_billing_details_response_200 = cls(
            billing_details=billing_details,
        )

        put_billing_details_response_200.additional_properties = d
        return put_billing_details_response_200

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
