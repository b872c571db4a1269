from typing import Literal, cast

SetLimitsBodyArrangementKind = Literal["charity", "community", "education", "other", "student", "teacher"]


def check_set_limits_body_arrangement_kind(value: str) -> SetLimitsBodyArrangementKind:
    # A newer server may answer with values that this client does not know.
    return cast(SetLimitsBodyArrangementKind, value)
