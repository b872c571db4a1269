from typing import Literal, cast

PutAccountBodyLanguage = Literal["de", "en", "ko"]


def check_put_account_body_language(value: str) -> PutAccountBodyLanguage:
    # A newer server may answer with values that this client does not know.
    return cast(PutAccountBodyLanguage, value)
