from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.import_state import ImportState, check_import_state

if TYPE_CHECKING:
    from ..models.import_accounts import ImportAccounts
    from ..models.import_credits_item import ImportCreditsItem
    from ..models.import_records_item import ImportRecordsItem
    from ..models.import_rejected_item import ImportRejectedItem


T = TypeVar("T", bound="Import")


@_attrs_define
class Import:
    """Records of another system, and what they make here."""

    id: str
    """ Id of the object. """
    state: ImportState
    """ checked: nothing was changed. """
    as_of: datetime.datetime
    """ The time that the records describe. """
    records: list[ImportRecordsItem]
    """ The records by kind. """
    accounts: ImportAccounts
    """ The accounts of the records. """
    credits_: list[ImportCreditsItem]
    """ Credits of new lots, by source and month of expiry. """
    rejected: list[ImportRejectedItem]
    """ Wrong records, because of which nothing is imported; empty where an import is read later. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        state: str = self.state

        as_of = self.as_of.isoformat()

        records = []
        for records_item_data in self.records:
            records_item = records_item_data.to_dict()
            records.append(records_item)

        accounts = self.accounts.to_dict()

        credits_ = []
        for credits_item_data in self.credits_:
            credits_item = credits_item_data.to_dict()
            credits_.append(credits_item)

        rejected = []
        for rejected_item_data in self.rejected:
            rejected_item = rejected_item_data.to_dict()
            rejected.append(rejected_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "state": state,
                "as_of": as_of,
                "records": records,
                "accounts": accounts,
                "credits": credits_,
                "rejected": rejected,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.import_accounts import ImportAccounts  # noqa: PLC0415
        from ..models.import_credits_item import ImportCreditsItem  # noqa: PLC0415
        from ..models.import_records_item import ImportRecordsItem  # noqa: PLC0415
        from ..models.import_rejected_item import ImportRejectedItem  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        state = check_import_state(d.pop("state"))

        as_of = datetime.datetime.fromisoformat(d.pop("as_of"))

        records = []
        _records = d.pop("records")
        for records_item_data in _records:
            records_item = ImportRecordsItem.from_dict(records_item_data)

            records.append(records_item)

        accounts = ImportAccounts.from_dict(d.pop("accounts"))

        credits_ = []
        _credits_ = d.pop("credits")
        for credits_item_data in _credits_:
            credits_item = ImportCreditsItem.from_dict(credits_item_data)

            credits_.append(credits_item)

        rejected = []
        _rejected = d.pop("rejected")
        for rejected_item_data in _rejected:
            rejected_item = ImportRejectedItem.from_dict(rejected_item_data)

            rejected.append(rejected_item)

        import_ = cls(
            id=id,
            state=state,
            as_of=as_of,
            records=records,
            accounts=accounts,
            credits_=credits_,
            rejected=rejected,
        )

        import_.additional_properties = d
        return import_

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
