from typing import Literal, cast

PurchaseCodeEmailProblem = Literal["no_address", "rejected"]


def check_purchase_code_email_problem(value: str) -> PurchaseCodeEmailProblem:
    # A newer server may answer with values that this client does not know.
    return cast(PurchaseCodeEmailProblem, value)
