from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.get_policy_response_200_next import GetPolicyResponse200Next
    from ..models.policy import Policy


T = TypeVar("T", bound="GetPolicyResponse200")


@_attrs_define
class GetPolicyResponse200:
    current: Policy
    """ The settings of one version of the policy, in plain words. """
    next_: GetPolicyResponse200Next
    """ The version that is announced, if any. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        current = self.current.to_dict()

        next_ = self.next_.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "current": current,
                "next": next_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.get_policy_response_200_next import GetPolicyResponse200Next  # noqa: PLC0415
        from ..models.policy import Policy  # noqa: PLC0415

        d = dict(src_dict)
        current = Policy.from_dict(d.pop("current"))

        next_ = GetPolicyResponse200Next.from_dict(d.pop("next"))

        get_policy_response_200 = cls(
            current=current,
            next_=next_,
        )

        get_policy_response_200.additional_properties = d
        return get_policy_response_200

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
