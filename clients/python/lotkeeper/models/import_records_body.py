from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.import_records_body_accounts_item import ImportRecordsBodyAccountsItem
    from ..models.import_records_body_codes_item import ImportRecordsBodyCodesItem
    from ..models.import_records_body_lots_item import ImportRecordsBodyLotsItem
    from ..models.import_records_body_memberships_item import ImportRecordsBodyMembershipsItem


T = TypeVar("T", bound="ImportRecordsBody")


@_attrs_define
class ImportRecordsBody:
    as_of: datetime.datetime | Unset = UNSET
    """ When the other system was frozen; now if omitted. """
    apply: bool | Unset = False
    """ false: the records are checked, and nothing is changed. """
    accounts: list[ImportRecordsBodyAccountsItem] | Unset = UNSET
    """ Accounts; docs/import.md has the fields of each kind of record. """
    lots: list[ImportRecordsBodyLotsItem] | Unset = UNSET
    """ Lots of credits. """
    memberships: list[ImportRecordsBodyMembershipsItem] | Unset = UNSET
    """ Memberships. """
    codes: list[ImportRecordsBodyCodesItem] | Unset = UNSET
    """ Redemption codes. """

    def to_dict(self) -> dict[str, Any]:
        as_of: str | Unset = UNSET
        if not isinstance(self.as_of, Unset):
            as_of = self.as_of.isoformat()

        apply = self.apply

        accounts: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.accounts, Unset):
            accounts = []
            for accounts_item_data in self.accounts:
                accounts_item = accounts_item_data.to_dict()
                accounts.append(accounts_item)

        lots: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lots, Unset):
            lots = []
            for lots_item_data in self.lots:
                lots_item = lots_item_data.to_dict()
                lots.append(lots_item)

        memberships: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.memberships, Unset):
            memberships = []
            for memberships_item_data in self.memberships:
                memberships_item = memberships_item_data.to_dict()
                memberships.append(memberships_item)

        codes: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.codes, Unset):
            codes = []
            for codes_item_data in self.codes:
                codes_item = codes_item_data.to_dict()
                codes.append(codes_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if as_of is not UNSET:
            field_dict["as_of"] = as_of
        if apply is not UNSET:
            field_dict["apply"] = apply
        if accounts is not UNSET:
            field_dict["accounts"] = accounts
        if lots is not UNSET:
            field_dict["lots"] = lots
        if memberships is not UNSET:
            field_dict["memberships"] = memberships
        if codes is not UNSET:
            field_dict["codes"] = codes

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.import_records_body_accounts_item import ImportRecordsBodyAccountsItem  # noqa: PLC0415
        from ..models.import_records_body_codes_item import ImportRecordsBodyCodesItem  # noqa: PLC0415
        from ..models.import_records_body_lots_item import ImportRecordsBodyLotsItem  # noqa: PLC0415
        from ..models.import_records_body_memberships_item import ImportRecordsBodyMembershipsItem  # noqa: PLC0415

        d = dict(src_dict)
        _as_of = d.pop("as_of", UNSET)
        as_of: datetime.datetime | Unset
        if isinstance(_as_of, Unset):
            as_of = UNSET
        else:
            as_of = datetime.datetime.fromisoformat(_as_of)

        apply = d.pop("apply", UNSET)

        _accounts = d.pop("accounts", UNSET)
        accounts: list[ImportRecordsBodyAccountsItem] | Unset = UNSET
        if _accounts is not UNSET:
            accounts = []
            for accounts_item_data in _accounts:
                accounts_item = ImportRecordsBodyAccountsItem.from_dict(accounts_item_data)

                accounts.append(accounts_item)

        _lots = d.pop("lots", UNSET)
        lots: list[ImportRecordsBodyLotsItem] | Unset = UNSET
        if _lots is not UNSET:
            lots = []
            for lots_item_data in _lots:
                lots_item = ImportRecordsBodyLotsItem.from_dict(lots_item_data)

                lots.append(lots_item)

        _memberships = d.pop("memberships", UNSET)
        memberships: list[ImportRecordsBodyMembershipsItem] | Unset = UNSET
        if _memberships is not UNSET:
            memberships = []
            for memberships_item_data in _memberships:
                memberships_item = ImportRecordsBodyMembershipsItem.from_dict(memberships_item_data)

                memberships.append(memberships_item)

        _codes = d.pop("codes", UNSET)
        codes: list[ImportRecordsBodyCodesItem] | Unset = UNSET
        if _codes is not UNSET:
            codes = []
            for codes_item_data in _codes:
                codes_item = ImportRecordsBodyCodesItem.from_dict(codes_item_data)

                codes.append(codes_item)

        import_records_body = cls(
            as_of=as_of,
            apply=apply,
            accounts=accounts,
            lots=lots,
            memberships=memberships,
            codes=codes,
        )

        return import_records_body
