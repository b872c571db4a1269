from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.purchase_code_email_problem import PurchaseCodeEmailProblem, check_purchase_code_email_problem
from ..models.purchase_code_status import PurchaseCodeStatus, check_purchase_code_status

T = TypeVar("T", bound="PurchaseCode")


@_attrs_define
class PurchaseCode:
    status: PurchaseCodeStatus
    """ Whether the code can be redeemed. """
    issue: int
    """ How many codes were made, counting replaced ones. """
    sent: bool
    """ Whether the mail server accepted the email with this code. """
    to: None | str
    """ The address that the code goes to, shortened: u…@example.org; null: none is known. """
    gift: bool
    """ Whether it goes to the recipient of a gift. """
    email_problem: None | PurchaseCodeEmailProblem
    """ Why the email was not sent: no address is known, or the mail server refused it; null if neither is so. """
    redeemed_at: datetime.datetime | None
    """ When the code was redeemed; null if it was not. """
    redeemed_by: None | str
    """ The account that redeemed it, for keys with the scope support; else null. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        status: str = self.status

        issue = self.issue

        sent = self.sent

        to: None | str
        to = self.to

        gift = self.gift

        email_problem: None | str
        if isinstance(self.email_problem, str):
            email_problem = self.email_problem
        else:
            email_problem = self.email_problem

        redeemed_at: None | str
        if isinstance(self.redeemed_at, datetime.datetime):
            redeemed_at = self.redeemed_at.isoformat()
        else:
            redeemed_at = self.redeemed_at

        redeemed_by: None | str
        redeemed_by = self.redeemed_by

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "status": status,
                "issue": issue,
                "sent": sent,
                "to": to,
                "gift": gift,
                "email_problem": email_problem,
                "redeemed_at": redeemed_at,
                "redeemed_by": redeemed_by,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = check_purchase_code_status(d.pop("status"))

        issue = d.pop("issue")

        sent = d.pop("sent")

        def _parse_to(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        to = _parse_to(d.pop("to"))

        gift = d.pop("gift")

        def _parse_email_problem(data: object) -> None | PurchaseCodeEmailProblem:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                email_problem_email_problem = check_purchase_code_email_problem(data)

                return email_problem_email_problem
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PurchaseCodeEmailProblem, data)

        email_problem = _parse_email_problem(d.pop("email_problem"))

        def _parse_redeemed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                redeemed_at_type_0 = datetime.datetime.fromisoformat(data)

                return redeemed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        redeemed_at = _parse_redeemed_at(d.pop("redeemed_at"))

        def _parse_redeemed_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        redeemed_by = _parse_redeemed_by(d.pop("redeemed_by"))

        purchase_code = cls(
            status=status,
            issue=issue,
            sent=sent,
            to=to,
            gift=gift,
            email_problem=email_problem,
            redeemed_at=redeemed_at,
            redeemed_by=redeemed_by,
        )

        purchase_code.additional_properties = d
        return purchase_code

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
