"""The errors that Lotkeeper answers."""

from typing import Any

import httpx

from .models.problem import Problem
from .models.problem_code import ProblemCode


class LotkeeperError(Exception):
    """An error that Lotkeeper answered. Nothing was changed if its status is a 4xx."""

    code: ProblemCode
    """Stable; what to branch on."""
    status: int
    """HTTP status."""
    problem: Problem
    retry_after: float | None
    """Seconds after which a repetition may succeed, if known."""

    def __init__(self, problem: Problem, status: int, retry_after: float | None = None) -> None:
        super().__init__(problem.detail)
        self.code = problem.code
        self.status = status
        self.problem = problem
        self.retry_after = retry_after

    def _field(self, name: str) -> Any:
        return self.problem.additional_properties.get(name)


class InsufficientCredits(LotkeeperError):
    """The account has too few credits."""

    @property
    def required(self) -> int:
        return int(self._field("required"))

    @property
    def available(self) -> int:
        return int(self._field("available"))

    @property
    def frozen(self) -> int:
        return int(self._field("frozen"))


class InvalidRequest(LotkeeperError):
    """Fields of the request are wrong."""

    @property
    def errors(self) -> list[dict[str, str]]:
        """Each with the `path` of a field, and a `message`."""
        return list(self._field("errors") or [])


class PriceOutOfRange(LotkeeperError):
    """The price is out of the policy's range."""

    @property
    def minimum(self) -> int:
        return int(self._field("minimum"))

    @property
    def maximum(self) -> int | None:
        """None if there is no maximum."""
        maximum = self._field("maximum")
        return None if maximum is None else int(maximum)


class ScopeRequired(LotkeeperError):
    """The API key may not do this."""

    @property
    def required(self) -> str:
        """The scope that may."""
        return str(self._field("required"))


class LimitReached(LotkeeperError):
    """The account has used its daily limit or fair use, or has too many generations at once."""

    @property
    def limit(self) -> int:
        return int(self._field("limit"))

    @property
    def used(self) -> int:
        return int(self._field("used"))

    @property
    def resets_at(self) -> str | None:
        """ISO 8601; None for generations at once."""
        resets_at = self._field("resets_at")
        return None if resets_at is None else str(resets_at)


_CLASSES: dict[str, type[LotkeeperError]] = {
    "insufficient_credits": InsufficientCredits,
    "invalid_request": InvalidRequest,
    "price_out_of_range": PriceOutOfRange,
    "scope_required": ScopeRequired,
    "daily_limit_reached": LimitReached,
    "fair_use_reached": LimitReached,
    "concurrency_limit_reached": LimitReached,
}


def error_of(response: httpx.Response) -> LotkeeperError:
    """The error of an answer, which may come from a proxy and then has no code of its own."""
    problem = _problem_in(response) or _foreign_problem(response)
    error = _CLASSES.get(problem.code, LotkeeperError)
    return error(problem, response.status_code, _retry_after(response))


def _problem_in(response: httpx.Response) -> Problem | None:
    try:
        return Problem.from_dict(response.json())
    except (ValueError, TypeError, KeyError):
        return None


def _foreign_problem(response: httpx.Response) -> Problem:
    status = response.status_code
    return Problem(
        type_="about:blank",
        title=f"status {status}",
        status=status,
        detail=response.text[:200] or f"status {status}",
        code="temporarily_unavailable" if status >= 500 else "internal_error",
        request_id=response.headers.get("x-request-id", ""),
    )


def _retry_after(response: httpx.Response) -> float | None:
    try:
        return float(response.headers["retry-after"])
    except (KeyError, ValueError):
        return None
