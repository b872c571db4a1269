from typing import Literal, cast

EmailState = Literal["not_sent", "queued", "sent"]


def check_email_state(value: str) -> EmailState:
    # A newer server may answer with values that this client does not know.
    return cast(EmailState, value)
