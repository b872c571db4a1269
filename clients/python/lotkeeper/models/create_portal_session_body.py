from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.create_portal_session_body_locale import (
    CreatePortalSessionBodyLocale,
    check_create_portal_session_body_locale,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="CreatePortalSessionBody")


@_attrs_define
class CreatePortalSessionBody:
    return_url: str | Unset = UNSET
    """ The page shows a link back to it. """
    locale: CreatePortalSessionBodyLocale | Unset = UNSET
    """ The language of the page; if omitted that of the account, else of the customer's browser. """

    def to_dict(self) -> dict[str, Any]:
        return_url = self.return_url

        locale: str | Unset = UNSET
        if not isinstance(self.locale, Unset):
            locale = self.locale

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if return_url is not UNSET:
            field_dict["return_url"] = return_url
        if locale is not UNSET:
            field_dict["locale"] = locale

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        return_url = d.pop("return_url", UNSET)

        _locale = d.pop("locale", UNSET)
        locale: CreatePortalSessionBodyLocale | Unset
        if isinstance(_locale, Unset):
            locale = UNSET
        else:
            locale = check_create_portal_session_body_locale(_locale)

        create_portal_session_body = cls(
            return_url=return_url,
            locale=locale,
        )

        return create_portal_session_body
