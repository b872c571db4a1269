from typing import Literal, cast

ListAuditsLanguage = Literal["de", "en", "ko"]


def check_list_audits_language(value: str) -> ListAuditsLanguage:
    # A newer server may answer with values that this client does not know.
    return cast(ListAuditsLanguage, value)
