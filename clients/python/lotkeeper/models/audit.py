from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.audit_state import AuditState, check_audit_state

if TYPE_CHECKING:
    from ..models.audit_corrections_item import AuditCorrectionsItem
    from ..models.audit_deductions import AuditDeductions
    from ..models.audit_expected import AuditExpected
    from ..models.audit_findings_item import AuditFindingsItem
    from ..models.audit_ledger import AuditLedger
    from ..models.audit_payments_item import AuditPaymentsItem


T = TypeVar("T", bound="Audit")


@_attrs_define
class Audit:
    """What an account should have been granted, compared with the ledger and the payments."""

    id: str
    """ Id of the object. """
    account: str
    """ The product's own id of the account. """
    state: AuditState
    """ awaiting_approval until a second person has approved or declined the corrections. """
    requested_at: datetime.datetime
    """ When it was requested. """
    expected: AuditExpected
    """ Credits that the rules give for the whole history. """
    ledger: AuditLedger
    """ Granted credits by type of origin. """
    payments: list[AuditPaymentsItem]
    """ Each purchase with what its provider says. """
    findings: list[AuditFindingsItem]
    """ Each difference. """
    corrections: list[AuditCorrectionsItem]
    """ The findings that the audit corrects. """
    bonus: int
    """ Bonus for the error; 0 until the corrections are made. """
    approval: None | str
    """ Id of the approval that it waits for; null if it waits for none. """
    deductions: AuditDeductions
    """ Where the credits that the account received are. """
    unaudited: list[str]
    """ Memberships with an incomplete history, which cannot be audited. """
    unverified: list[str]
    """ Payments whose provider was unavailable. """
    explanation: str
    """ Explanation for the customer. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        account = self.account

        state: str = self.state

        requested_at = self.requested_at.isoformat()

        expected = self.expected.to_dict()

        ledger = self.ledger.to_dict()

        payments = []
        for payments_item_data in self.payments:
            payments_item = payments_item_data.to_dict()
            payments.append(payments_item)

        findings = []
        for findings_item_data in self.findings:
            findings_item = findings_item_data.to_dict()
            findings.append(findings_item)

        corrections = []
        for corrections_item_data in self.corrections:
            corrections_item = corrections_item_data.to_dict()
            corrections.append(corrections_item)

        bonus = self.bonus

        approval: None | str
        approval = self.approval

        deductions = self.deductions.to_dict()

        unaudited = self.unaudited

        unverified = self.unverified

        explanation = self.explanation

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "account": account,
                "state": state,
                "requested_at": requested_at,
                "expected": expected,
                "ledger": ledger,
                "payments": payments,
                "findings": findings,
                "corrections": corrections,
                "bonus": bonus,
                "approval": approval,
                "deductions": deductions,
                "unaudited": unaudited,
                "unverified": unverified,
                "explanation": explanation,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.audit_corrections_item import AuditCorrectionsItem  # noqa: PLC0415
        from ..models.audit_deductions import AuditDeductions  # noqa: PLC0415
        from ..models.audit_expected import AuditExpected  # noqa: PLC0415
        from ..models.audit_findings_item import AuditFindingsItem  # noqa: PLC0415
        from ..models.audit_ledger import AuditLedger  # noqa: PLC0415
        from ..models.audit_payments_item import AuditPaymentsItem  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        account = d.pop("account")

        state = check_audit_state(d.pop("state"))

        requested_at = datetime.datetime.fromisoformat(d.pop("requested_at"))

        expected = AuditExpected.from_dict(d.pop("expected"))

        ledger = AuditLedger.from_dict(d.pop("ledger"))

        payments = []
        _payments = d.pop("payments")
        for payments_item_data in _payments:
            payments_item = AuditPaymentsItem.from_dict(payments_item_data)

            payments.append(payments_item)

        findings = []
        _findings = d.pop("findings")
        for findings_item_data in _findings:
            findings_item = AuditFindingsItem.from_dict(findings_item_data)

            findings.append(findings_item)

        corrections = []
        _corrections = d.pop("corrections")
        for corrections_item_data in _corrections:
            corrections_item = AuditCorrectionsItem.from_dict(corrections_item_data)

            corrections.append(corrections_item)

        bonus = d.pop("bonus")

        def _parse_approval(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        approval = _parse_approval(d.pop("approval"))

        deductions = AuditDeductions.from_dict(d.pop("deductions"))

        unaudited = cast(list[str], d.pop("unaudited"))

        unverified = cast(list[str], d.pop("unverified"))

        explanation = d.pop("explanation")

        audit = cls(
            id=id,
            account=account,
            state=state,
            requested_at=requested_at,
            expected=expected,
            ledger=ledger,
            payments=payments,
            findings=findings,
            corrections=corrections,
            bonus=bonus,
            approval=approval,
            deductions=deductions,
            unaudited=unaudited,
            unverified=unverified,
            explanation=explanation,
        )

        audit.additional_properties = d
        return audit

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
