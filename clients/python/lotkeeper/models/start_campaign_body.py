from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..models.start_campaign_body_spendable_by import (
    StartCampaignBodySpendableBy,
    check_start_campaign_body_spendable_by,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.start_campaign_body_audience_type_1 import StartCampaignBodyAudienceType1
    from ..models.start_campaign_body_audience_type_2 import StartCampaignBodyAudienceType2
    from ..models.start_campaign_body_validity_type_1 import StartCampaignBodyValidityType1
    from ..models.start_campaign_body_window import StartCampaignBodyWindow


T = TypeVar("T", bound="StartCampaignBody")


@_attrs_define
class StartCampaignBody:
    name: str
    """ The purpose; kept in the ledger. No personal data. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits for each account. """
    audience: Literal["all"] | StartCampaignBodyAudienceType1 | StartCampaignBodyAudienceType2
    """ Who gets the credits: all accounts, the members of a plan, or the listed accounts. """
    validity: StartCampaignBodyValidityType1 | str | Unset = UNSET
    """ The validity from each grant; the source's if omitted. """
    spendable_by: StartCampaignBodySpendableBy | Unset = UNSET
    """ Whether only members may spend the credits; as the source says if omitted. """
    window: StartCampaignBodyWindow | Unset = UNSET
    """ Accounts that join within the window get the credits too; without a window, only existing accounts do. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.start_campaign_body_audience_type_1 import StartCampaignBodyAudienceType1  # noqa: PLC0415
        from ..models.start_campaign_body_audience_type_2 import StartCampaignBodyAudienceType2  # noqa: PLC0415
        from ..models.start_campaign_body_validity_type_1 import StartCampaignBodyValidityType1  # noqa: PLC0415

        name = self.name

        source = self.source

        amount = self.amount

        audience: dict[str, Any] | Literal["all"]
        if isinstance(self.audience, StartCampaignBodyAudienceType1):
            audience = self.audience.to_dict()
        elif isinstance(self.audience, StartCampaignBodyAudienceType2):
            audience = self.audience.to_dict()
        else:
            audience = self.audience

        validity: dict[str, Any] | str | Unset
        if isinstance(self.validity, Unset):
            validity = UNSET
        elif isinstance(self.validity, StartCampaignBodyValidityType1):
            validity = self.validity.to_dict()
        else:
            validity = self.validity

        spendable_by: str | Unset = UNSET
        if not isinstance(self.spendable_by, Unset):
            spendable_by = self.spendable_by

        window: dict[str, Any] | Unset = UNSET
        if not isinstance(self.window, Unset):
            window = self.window.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "source": source,
                "amount": amount,
                "audience": audience,
            }
        )
        if validity is not UNSET:
            field_dict["validity"] = validity
        if spendable_by is not UNSET:
            field_dict["spendable_by"] = spendable_by
        if window is not UNSET:
            field_dict["window"] = window

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.start_campaign_body_audience_type_1 import StartCampaignBodyAudienceType1  # noqa: PLC0415
        from ..models.start_campaign_body_audience_type_2 import StartCampaignBodyAudienceType2  # noqa: PLC0415
        from ..models.start_campaign_body_validity_type_1 import StartCampaignBodyValidityType1  # noqa: PLC0415
        from ..models.start_campaign_body_window import StartCampaignBodyWindow  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        source = d.pop("source")

        amount = d.pop("amount")

        def _parse_audience(
            data: object,
        ) -> Literal["all"] | StartCampaignBodyAudienceType1 | StartCampaignBodyAudienceType2:
            audience_type_0 = cast(Literal["all"], data)
            if audience_type_0 != "all":
                raise ValueError(f"audience_type_0 must match const 'all', got '{audience_type_0}'")
            return audience_type_0
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                audience_type_1 = StartCampaignBodyAudienceType1.from_dict(data)

                return audience_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            audience_type_2 = StartCampaignBodyAudienceType2.from_dict(data)

            return audience_type_2

        audience = _parse_audience(d.pop("audience"))

        def _parse_validity(data: object) -> StartCampaignBodyValidityType1 | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                validity_type_1 = StartCampaignBodyValidityType1.from_dict(data)

                return validity_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(StartCampaignBodyValidityType1 | str | Unset, data)

        validity = _parse_validity(d.pop("validity", UNSET))

        _spendable_by = d.pop("spendable_by", UNSET)
        spendable_by: StartCampaignBodySpendableBy | Unset
        if isinstance(_spendable_by, Unset):
            spendable_by = UNSET
        else:
            spendable_by = check_start_campaign_body_spendable_by(_spendable_by)

        _window = d.pop("window", UNSET)
        window: StartCampaignBodyWindow | Unset
        if isinstance(_window, Unset):
            window = UNSET
        else:
            window = StartCampaignBodyWindow.from_dict(_window)

        start_campaign_body = cls(
            name=name,
            source=source,
            amount=amount,
            audience=audience,
            validity=validity,
            spendable_by=spendable_by,
            window=window,
        )

        return start_campaign_body
