from typing import Literal, cast

CheckCodeResponse200Status = Literal["redeemed", "refunded", "replaced", "valid"]


def check_check_code_response_200_status(value: str) -> CheckCodeResponse200Status:
    # A newer server may answer with values that this client does not know.
    return cast(CheckCodeResponse200Status, value)
