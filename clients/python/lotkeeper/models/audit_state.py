from typing import Literal, cast

AuditState = Literal["awaiting_approval", "declined", "done", "running"]


def check_audit_state(value: str) -> AuditState:
    # A newer server may answer with values that this client does not know.
    return cast(AuditState, value)
