"""The connection to Lotkeeper."""

import asyncio
import time
import uuid
from types import TracebackType
from typing import Any, Self

import httpx

from .errors import LotkeeperError, error_of
from .retries import passes, pause_seconds


class Lotkeeper:
    """A client for one product, for threads and for asyncio.

    Args:
        url: Where Lotkeeper runs, such as https://credits.example.com
        key: An API key.
        attempts: How often a call is sent at most.
        timeout: How long one attempt may take, in seconds.
        transport: For tests: an httpx transport that answers instead of the server.
        async_transport: The same for asyncio.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str,
        attempts: int = 5,
        timeout: float = 10.0,
        transport: httpx.BaseTransport | None = None,
        async_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._attempts = attempts
        self._headers = {"Authorization": f"Bearer {key}"}
        self._http = httpx.Client(base_url=url, headers=self._headers, timeout=timeout, transport=transport)
        self._async_http = httpx.AsyncClient(
            base_url=url, headers=self._headers, timeout=timeout, transport=async_transport
        )

    def send(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Sends a request, again under the same Idempotency-Key while no answer comes or the error passes by itself.

        Args:
            options: What httpx.Client.build_request takes, such as json, params and headers.

        Raises:
            LotkeeperError: Lotkeeper refused it, or could not do it.
            httpx.TransportError: No answer came.
        """
        request = _with_key(self._http.build_request(method, url, **options))
        attempt = 1
        while True:
            try:
                return _checked(self._http.send(request))
            except (LotkeeperError, httpx.TransportError) as error:
                if attempt >= self._attempts or not _may_repeat(error):
                    raise
                pause = pause_seconds(attempt, error if isinstance(error, LotkeeperError) else None)
            time.sleep(pause)
            attempt += 1

    async def send_async(self, method: str, url: str, **options: Any) -> httpx.Response:
        """`send` for asyncio."""
        request = _with_key(self._async_http.build_request(method, url, **options))
        attempt = 1
        while True:
            try:
                return _checked(await self._async_http.send(request))
            except (LotkeeperError, httpx.TransportError) as error:
                if attempt >= self._attempts or not _may_repeat(error):
                    raise
                pause = pause_seconds(attempt, error if isinstance(error, LotkeeperError) else None)
            await asyncio.sleep(pause)
            attempt += 1

    def close(self) -> None:
        """Closes the connections of `send`."""
        self._http.close()

    async def aclose(self) -> None:
        """Closes the connections of `send` and `send_async`."""
        self._http.close()
        await self._async_http.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _with_key(request: httpx.Request) -> httpx.Request:
    """All attempts carry the same key, so the call takes effect once."""
    if request.method == "POST":
        request.headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
    return request


def _checked(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    raise error_of(response)


def _may_repeat(error: LotkeeperError | httpx.TransportError) -> bool:
    return not isinstance(error, LotkeeperError) or passes(error)
