"""Lists as iterators."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from .types import Unset

T = TypeVar("T", covariant=True)


class Page(Protocol[T]):
    """What the calls of lists answer."""

    @property
    def data(self) -> Sequence[T]: ...

    @property
    def next_cursor(self) -> str | None: ...


def each(call: Callable[..., Page[T]], *args: Any, **options: Any) -> Iterator[T]:
    """Every object of a list; further pages are read as they are needed.

    Example:
        for entry in each(list_entries.sync, "ada", client=lotkeeper): ...
    """
    while True:
        page = call(*args, **options)
        yield from page.data
        if page.next_cursor is None:
            return
        options["cursor"] = page.next_cursor


async def each_async(call: Callable[..., Awaitable[Page[T]]], *args: Any, **options: Any) -> AsyncIterator[T]:
    """`each` for asyncio, such as of list_entries.asyncio."""
    while True:
        page = await call(*args, **options)
        for item in page.data:
            yield item
        if page.next_cursor is None:
            return
        options["cursor"] = page.next_cursor
