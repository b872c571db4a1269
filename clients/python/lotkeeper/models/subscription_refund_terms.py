from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.subscription_refund_terms_by_exception import SubscriptionRefundTermsByException
    from ..models.subscription_refund_terms_payments_item import SubscriptionRefundTermsPaymentsItem


T = TypeVar("T", bound="SubscriptionRefundTerms")


@_attrs_define
class SubscriptionRefundTerms:
    """The payments of a subscription, and what a refund by exception would move now."""

    membership: str
    """ Id of the membership. """
    payments: list[SubscriptionRefundTermsPaymentsItem]
    """ The paid invoices that cost something. """
    by_exception: None | SubscriptionRefundTermsByException
    """ The refund that is asked about; null if there is no such money to return. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.subscription_refund_terms_by_exception import SubscriptionRefundTermsByException  # noqa: PLC0415

        membership = self.membership

        payments = []
        for payments_item_data in self.payments:
            payments_item = payments_item_data.to_dict()
            payments.append(payments_item)

        by_exception: dict[str, Any] | None
        if isinstance(self.by_exception, SubscriptionRefundTermsByException):
            by_exception = self.by_exception.to_dict()
        else:
            by_exception = self.by_exception

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "membership": membership,
                "payments": payments,
                "by_exception": by_exception,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.subscription_refund_terms_by_exception import SubscriptionRefundTermsByException  # noqa: PLC0415
        from ..models.subscription_refund_terms_payments_item import SubscriptionRefundTermsPaymentsItem  # noqa: PLC0415

        d = dict(src_dict)
        membership = d.pop("membership")

        payments = []
        _payments = d.pop("payments")
        for payments_item_data in _payments:
            payments_item = SubscriptionRefundTermsPaymentsItem.from_dict(payments_item_data)

            payments.append(payments_item)

        def _parse_by_exception(data: object) -> None | SubscriptionRefundTermsByException:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                by_exception_by_exception = SubscriptionRefundTermsByException.from_dict(data)

                return by_exception_by_exception
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubscriptionRefundTermsByException, data)

        by_exception = _parse_by_exception(d.pop("by_exception"))

        subscription_refund_terms = cls(
            membership=membership,
            payments=payments,
            by_exception=by_exception,
        )

        subscription_refund_terms.additional_properties = d
        return subscription_refund_terms

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
