from typing import Literal, cast

DefectState = Literal["corrected", "correcting", "reported"]


def check_defect_state(value: str) -> DefectState:
    # A newer server may answer with values that this client does not know.
    return cast(DefectState, value)
