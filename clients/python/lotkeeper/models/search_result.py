from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.search_result_kind import SearchResultKind, check_search_result_kind
from ..models.search_result_matched import SearchResultMatched, check_search_result_matched

T = TypeVar("T", bound="SearchResult")


@_attrs_define
class SearchResult:
    """Something that a search found."""

    kind: SearchResultKind
    """ payment is a payment that fits no purchase. """
    account: None | str
    """ The account that it belongs to; null for a payment that fits no purchase. """
    id: str
    """ Id of the object. """
    title: str
    """ The email address of an account, or the pack, plan, operation or payment provider; with its state. """
    when: datetime.datetime
    """ When it was created, bought, started, reserved or recorded. """
    matched: SearchResultMatched
    """ What the text is or begins with: such as an email address, a code, or a reference of the provider. """
    exact: bool
    """ Whether the whole text matches, and not only the beginning. """
    link: str
    """ The path of the object in this API. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        account: None | str
        account = self.account

        id = self.id

        title = self.title

        when = self.when.isoformat()

        matched: str = self.matched

        exact = self.exact

        link = self.link

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "account": account,
                "id": id,
                "title": title,
                "when": when,
                "matched": matched,
                "exact": exact,
                "link": link,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_search_result_kind(d.pop("kind"))

        def _parse_account(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        account = _parse_account(d.pop("account"))

        id = d.pop("id")

        title = d.pop("title")

        when = datetime.datetime.fromisoformat(d.pop("when"))

        matched = check_search_result_matched(d.pop("matched"))

        exact = d.pop("exact")

        link = d.pop("link")

        search_result = cls(
            kind=kind,
            account=account,
            id=id,
            title=title,
            when=when,
            matched=matched,
            exact=exact,
            link=link,
        )

        search_result.additional_properties = d
        return search_result

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
