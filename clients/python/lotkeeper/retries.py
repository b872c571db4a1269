"""When a call is sent again."""

import random

from .errors import LotkeeperError

_PASSING = {"temporarily_unavailable", "idempotency_in_progress", "internal_error", "too_many_requests"}

_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 10.0


def passes(error: LotkeeperError) -> bool:
    """Whether an error passes by itself. A call under the same Idempotency-Key takes effect once, so it may be sent again."""
    return error.code in _PASSING


def pause_seconds(attempt: int, error: LotkeeperError | None) -> float:
    """Longer after each attempt, and never the same for many clients."""
    growing: float = min(_FIRST_PAUSE_SECONDS * 2 ** (attempt - 1), _LONGEST_PAUSE_SECONDS)
    wanted = error.retry_after if error and error.retry_after else 0.0
    return max(growing * random.uniform(0.5, 1), wanted)
