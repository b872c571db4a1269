from typing import Literal, cast

AccountLanguage = Literal["de", "en", "ko"]


def check_account_language(value: str) -> AccountLanguage:
    # A newer server may answer with values that this client does not know.
    return cast(AccountLanguage, value)
