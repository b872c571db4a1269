from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.refund_terms_by_exception import RefundTermsByException
    from ..models.refund_terms_by_policy import RefundTermsByPolicy
    from ..models.refund_terms_refusal import RefundTermsRefusal


T = TypeVar("T", bound="RefundTerms")


@_attrs_define
class RefundTerms:
    """The credits and the money that a refund of a purchase would move now."""

    purchase: str
    """ Id of the purchase. """
    currency: str
    """ ISO 4217 code, such as USD. """
    by_policy: None | RefundTermsByPolicy
    """ The refund by the policy; null if the policy refunds nothing. """
    refusal: None | RefundTermsRefusal
    """ Why the policy refunds nothing, as the refund would answer; null if it does. """
    by_exception: None | RefundTermsByException
    """ The refund with exception: true; null if there is no money to return, or nothing is unused and no amount is
    asked. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.refund_terms_by_exception import RefundTermsByException  # noqa: PLC0415
        from ..models.refund_terms_by_policy import RefundTermsByPolicy  # noqa: PLC0415
        from ..models.refund_terms_refusal import RefundTermsRefusal  # noqa: PLC0415

        purchase = self.purchase

        currency = self.currency

        by_policy: dict[str, Any] | None
        if isinstance(self.by_policy, RefundTermsByPolicy):
            by_policy = self.by_policy.to_dict()
        else:
            by_policy = self.by_policy

        refusal: dict[str, Any] | None
        if isinstance(self.refusal, RefundTermsRefusal):
            refusal = self.refusal.to_dict()
        else:
            refusal = self.refusal

        by_exception: dict[str, Any] | None
        if isinstance(self.by_exception, RefundTermsByException):
            by_exception = self.by_exception.to_dict()
        else:
            by_exception = self.by_exception

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "purchase": purchase,
                "currency": currency,
                "by_policy": by_policy,
                "refusal": refusal,
                "by_exception": by_exception,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.refund_terms_by_exception import RefundTermsByException  # noqa: PLC0415
        from ..models.refund_terms_by_policy import RefundTermsByPolicy  # noqa: PLC0415
        from ..models.refund_terms_refusal import RefundTermsRefusal  # noqa: PLC0415

        d = dict(src_dict)
        purchase = d.pop("purchase")

        currency = d.pop("currency")

        def _parse_by_policy(data: object) -> None | RefundTermsByPolicy:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                by_policy_by_policy = RefundTermsByPolicy.from_dict(data)

                return by_policy_by_policy
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RefundTermsByPolicy, data)

        by_policy = _parse_by_policy(d.pop("by_policy"))

        def _parse_refusal(data: object) -> None | RefundTermsRefusal:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                refusal_refusal = RefundTermsRefusal.from_dict(data)

                return refusal_refusal
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RefundTermsRefusal, data)

        refusal = _parse_refusal(d.pop("refusal"))

        def _parse_by_exception(data: object) -> None | RefundTermsByException:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                by_exception_by_exception = RefundTermsByException.from_dict(data)

                return by_exception_by_exception
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RefundTermsByException, data)

        by_exception = _parse_by_exception(d.pop("by_exception"))

        refund_terms = cls(
            purchase=purchase,
            currency=currency,
            by_policy=by_policy,
            refusal=refusal,
            by_exception=by_exception,
        )

        refund_terms.additional_properties = d
        return refund_terms

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
