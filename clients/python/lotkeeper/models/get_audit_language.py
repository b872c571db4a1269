from typing import Literal, cast

GetAuditLanguage = Literal["de", "en", "ko"]


def check_get_audit_language(value: str) -> GetAuditLanguage:
    # A newer server may answer with values that this client does not know.
    return cast(GetAuditLanguage, value)
