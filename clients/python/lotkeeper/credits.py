"""Reserve credits, work, settle."""

from collections.abc import Mapping
from types import TracebackType

from .api.generations import complete_generation, fail_generation, reserve_generation
from .client import Lotkeeper
from .models import (
    CompleteGenerationBody,
    FailGenerationBody,
    Generation,
    ReserveGenerationBody,
    ReserveGenerationBodyMetadata,
    ReserveGenerationBodyOptions,
)
from .types import UNSET, Unset

_MAX_REASON = 500


class Reserved:
    """Credits that are reserved for work in progress."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._delivered = generation.outputs

    def delivered(self, count: int) -> None:
        """Sets how many outputs were delivered, if not all; the credits of the others are released."""
        self._delivered = count


class _WithCredits:
    def __init__(
        self, lotkeeper: Lotkeeper, account: str, body: ReserveGenerationBody, idempotency_key: str | Unset
    ) -> None:
        self._lotkeeper = lotkeeper
        self._account = account
        self._body = body
        self._key = idempotency_key
        self._reserved: Reserved | None = None

    def __enter__(self) -> Reserved:
        generation = reserve_generation.sync(
            self._account, client=self._lotkeeper, body=self._body, idempotency_key=self._key
        )
        self._reserved = Reserved(generation)
        return self._reserved

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        id, delivered = self._work()
        if error is None:
            complete_generation.sync(id, client=self._lotkeeper, body=CompleteGenerationBody(delivered=delivered))
            return
        try:
            fail_generation.sync(id, client=self._lotkeeper, body=_failure(error))
        except Exception:
            # The work's error matters more than a failed release: the hold ends at its deadline.
            pass

    async def __aenter__(self) -> Reserved:
        generation = await reserve_generation.asyncio(
            self._account, client=self._lotkeeper, body=self._body, idempotency_key=self._key
        )
        self._reserved = Reserved(generation)
        return self._reserved

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        id, delivered = self._work()
        if error is None:
            body = CompleteGenerationBody(delivered=delivered)
            await complete_generation.asyncio(id, client=self._lotkeeper, body=body)
            return
        try:
            await fail_generation.asyncio(id, client=self._lotkeeper, body=_failure(error))
        except Exception:
            pass

    def _work(self) -> tuple[str, int]:
        if self._reserved is None:
            raise RuntimeError("with_credits was left before it was entered.")
        return self._reserved.generation.id, self._reserved._delivered


def with_credits(
    lotkeeper: Lotkeeper,
    *,
    account: str,
    operation: str,
    outputs: int | Unset = UNSET,
    options: Mapping[str, str | bool] | Unset = UNSET,
    price: int | Unset = UNSET,
    timeout_seconds: int | Unset = UNSET,
    correction_of: str | Unset = UNSET,
    metadata: Mapping[str, str | float | bool] | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> _WithCredits:
    """Reserves credits for the block of a `with` or `async with`, and settles them at its end.

    Delivered outputs are spent, and everything is released if the block raises. If this process crashes, the hold is
    released at its deadline. The block raises what it raised.

    Args:
        outputs: The operation's default if left out.
        price: Credits per output, where the policy has a range.
        timeout_seconds: The hold is released after this time; the policy's if left out.
        metadata: Your own data, returned unchanged. No personal data.
        idempotency_key: Your business key, such as a job's id, so that repeating the job reserves once.

    Raises:
        LotkeeperError: The reservation was refused; the block does not start then.
    """
    body = ReserveGenerationBody(
        operation=operation,
        outputs=outputs,
        options=options if isinstance(options, Unset) else ReserveGenerationBodyOptions.from_dict(options),
        price=price,
        timeout_seconds=timeout_seconds,
        correction_of=correction_of,
        metadata=metadata if isinstance(metadata, Unset) else ReserveGenerationBodyMetadata.from_dict(metadata),
    )
    return _WithCredits(lotkeeper, account, body, idempotency_key)


def _failure(error: BaseException) -> FailGenerationBody:
    return FailGenerationBody(reason=(str(error) or type(error).__name__)[:_MAX_REASON])
