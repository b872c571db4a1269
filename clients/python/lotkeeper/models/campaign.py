from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.campaign_spendable_by import CampaignSpendableBy, check_campaign_spendable_by
from ..models.campaign_state import CampaignState, check_campaign_state

if TYPE_CHECKING:
    from ..models.campaign_audience_type_1 import CampaignAudienceType1
    from ..models.campaign_audience_type_2 import CampaignAudienceType2
    from ..models.campaign_progress import CampaignProgress
    from ..models.campaign_validity_type_1 import CampaignValidityType1
    from ..models.campaign_window import CampaignWindow


T = TypeVar("T", bound="Campaign")


@_attrs_define
class Campaign:
    """The same credits for each account of an audience, once."""

    id: str
    """ Id of the object. """
    state: CampaignState
    """ waiting: everybody has the credits, and the window is open for accounts that join. """
    name: str
    """ Name for people. """
    source: str
    """ Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. """
    amount: int
    """ Credits for each account. """
    validity: CampaignValidityType1 | None | str
    """ From each grant: an ISO 8601 duration, or a time; null: the source's validity. """
    spendable_by: CampaignSpendableBy | None
    """ null: as the source says. """
    audience: CampaignAudienceType1 | CampaignAudienceType2 | Literal["all"]
    """ Who gets the credits: all accounts, the members of a plan, or the listed accounts. """
    window: CampaignWindow | None
    """ When accounts may join and still get the credits; null: only accounts that existed at the start. """
    progress: CampaignProgress
    """ How far it is. """
    requested_by: str
    """ Name of the API key or the person. """
    started_at: datetime.datetime
    """ When it started. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.campaign_audience_type_1 import CampaignAudienceType1  # noqa: PLC0415
        from ..models.campaign_audience_type_2 import CampaignAudienceType2  # noqa: PLC0415
        from ..models.campaign_validity_type_1 import CampaignValidityType1  # noqa: PLC0415
        from ..models.campaign_window import CampaignWindow  # noqa: PLC0415

        id = self.id

        state: str = self.state

        name = self.name

        source = self.source

        amount = self.amount

        validity: dict[str, Any] | None | str
        if isinstance(self.validity, CampaignValidityType1):
            validity = self.validity.to_dict()
        else:
            validity = self.validity

        spendable_by: None | str
        if isinstance(self.spendable_by, str):
            spendable_by = self.spendable_by
        else:
            spendable_by = self.spendable_by

        audience: dict[str, Any] | Literal["all"]
        if isinstance(self.audience, CampaignAudienceType1):
            audience = self.audience.to_dict()
        elif isinstance(self.audience, CampaignAudienceType2):
            audience = self.audience.to_dict()
        else:
            audience = self.audience

        window: dict[str, Any] | None
        if isinstance(self.window, CampaignWindow):
            window = self.window.to_dict()
        else:
            window = self.window

        progress = self.progress.to_dict()

        requested_by = self.requested_by

        started_at = self.started_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "state": state,
                "name": name,
                "source": source,
                "amount": amount,
                "validity": validity,
                "spendable_by": spendable_by,
                "audience": audience,
                "window": window,
                "progress": progress,
                "requested_by": requested_by,
                "started_at": started_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.campaign_audience_type_1 import CampaignAudienceType1  # noqa: PLC0415
        from ..models.campaign_audience_type_2 import CampaignAudienceType2  # noqa: PLC0415
        from ..models.campaign_progress import CampaignProgress  # noqa: PLC0415
        from ..models.campaign_validity_type_1 import CampaignValidityType1  # noqa: PLC0415
        from ..models.campaign_window import CampaignWindow  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        state = check_campaign_state(d.pop("state"))

        name = d.pop("name")

        source = d.pop("source")

        amount = d.pop("amount")

        def _parse_validity(data: object) -> CampaignValidityType1 | None | str:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                validity_type_1 = CampaignValidityType1.from_dict(data)

                return validity_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CampaignValidityType1 | None | str, data)

        validity = _parse_validity(d.pop("validity"))

        def _parse_spendable_by(data: object) -> CampaignSpendableBy | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                spendable_by_spendable_by = check_campaign_spendable_by(data)

                return spendable_by_spendable_by
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CampaignSpendableBy | None, data)

        spendable_by = _parse_spendable_by(d.pop("spendable_by"))

        def _parse_audience(data: object) -> CampaignAudienceType1 | CampaignAudienceType2 | Literal["all"]:
            audience_type_0 = cast(Literal["all"], data)
            if audience_type_0 != "all":
                raise ValueError(f"audience_type_0 must match const 'all', got '{audience_type_0}'")
            return audience_type_0
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                audience_type_1 = CampaignAudienceType1.from_dict(data)

                return audience_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            audience_type_2 = CampaignAudienceType2.from_dict(data)

            return audience_type_2

        audience = _parse_audience(d.pop("audience"))

        def _parse_window(data: object) -> CampaignWindow | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                window_window = CampaignWindow.from_dict(data)

                return window_window
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CampaignWindow | None, data)

        window = _parse_window(d.pop("window"))

        progress = CampaignProgress.from_dict(d.pop("progress"))

        requested_by = d.pop("requested_by")

        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))

        campaign = cls(
            id=id,
            state=state,
            name=name,
            source=source,
            amount=amount,
            validity=validity,
            spendable_by=spendable_by,
            audience=audience,
            window=window,
            progress=progress,
            requested_by=requested_by,
            started_at=started_at,
        )

        campaign.additional_properties = d
        return campaign

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
