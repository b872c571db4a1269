from typing import Literal, cast

CreatePortalSessionBodyLocale = Literal["de", "en", "ko"]


def check_create_portal_session_body_locale(value: str) -> CreatePortalSessionBodyLocale:
    # A newer server may answer with values that this client does not know.
    return cast(CreatePortalSessionBodyLocale, value)
