"""What both clients are beneath their resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

import httpx2

from .omit import OMIT, Omit
from .settings import DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT, Settings
from .transport import AsyncTransport, Transport


def changed(
    settings: Settings,
    api_key: str | Omit,
    timeout: float | Omit | None,
    max_retries: int | Omit,
    headers: Mapping[str, str] | Omit,
) -> Settings:
    return replace(
        settings,
        api_key=settings.api_key if isinstance(api_key, Omit) else api_key,
        timeout=settings.timeout if isinstance(timeout, Omit) else timeout,
        max_retries=settings.max_retries if isinstance(max_retries, Omit) else max_retries,
        headers={**settings.headers, **(headers or {})},
    )


class Client:
    """A blocking client. It may be shared between threads."""

    _transport: Transport

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | None = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        headers: Mapping[str, str] | None = None,
        http_client: httpx2.Client | None = None,
    ) -> None:
        """Make a client. Without arguments it is told all by the environment.

        Args:
            api_key: `TINTYPE_API_KEY` if not given.
            base_url: Where the server is; `TINTYPE_BASE_URL` if not given.
            timeout: Seconds for one attempt; `None` for no limit.
            max_retries: How often a request is repeated at most.
            headers: Sent with every request.
            http_client: Your own, for proxies or certificates. You close it.
        """
        settings = Settings.of(api_key, base_url, timeout, max_retries, headers)
        self._owns_http = http_client is None
        self._transport = Transport(settings, http_client or httpx2.Client())

    def with_options(
        self,
        *,
        api_key: str | Omit = OMIT,
        timeout: float | Omit | None = OMIT,
        max_retries: int | Omit = OMIT,
        headers: Mapping[str, str] | Omit = OMIT,
    ) -> Self:
        """A client that does some things differently, over the same connections."""
        settings = changed(self._transport.settings, api_key, timeout, max_retries, headers)
        client = type(self).__new__(type(self))
        client._owns_http = False
        client._transport = Transport(settings, self._transport.http)
        return client

    def close(self) -> None:
        """Close its connections."""
        if self._owns_http:
            self._transport.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient:
    """An asynchronous client, for asyncio and trio."""

    _transport: AsyncTransport

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | None = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        headers: Mapping[str, str] | None = None,
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        """Make a client. Without arguments it is told all by the environment.

        Args:
            api_key: `TINTYPE_API_KEY` if not given.
            base_url: Where the server is; `TINTYPE_BASE_URL` if not given.
            timeout: Seconds for one attempt; `None` for no limit.
            max_retries: How often a request is repeated at most.
            headers: Sent with every request.
            http_client: Your own, for proxies or certificates. You close it.
        """
        settings = Settings.of(api_key, base_url, timeout, max_retries, headers)
        self._owns_http = http_client is None
        self._transport = AsyncTransport(settings, http_client or httpx2.AsyncClient())

    def with_options(
        self,
        *,
        api_key: str | Omit = OMIT,
        timeout: float | Omit | None = OMIT,
        max_retries: int | Omit = OMIT,
        headers: Mapping[str, str] | Omit = OMIT,
    ) -> Self:
        """A client that does some things differently, over the same connections."""
        settings = changed(self._transport.settings, api_key, timeout, max_retries, headers)
        client = type(self).__new__(type(self))
        client._owns_http = False
        client._transport = AsyncTransport(settings, self._transport.http)
        return client

    async def close(self) -> None:
        """Close its connections."""
        if self._owns_http:
            await self._transport.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
