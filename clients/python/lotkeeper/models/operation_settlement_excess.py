from typing import Literal, cast

OperationSettlementExcess = Literal["cap", "draw", "reject"]


def check_operation_settlement_excess(value: str) -> OperationSettlementExcess:
    # A newer server may answer with values that this client does not know.
    return cast(OperationSettlementExcess, value)
