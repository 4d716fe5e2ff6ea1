"""Pages of a list. Iterate over one to get all items, its own and those of the pages after it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from .call import Call
from .models import APIObject, ResponseInfo
from .transport import AsyncTransport, Transport

Item = TypeVar("Item", bound=APIObject)


class PageBody(APIObject, Generic[Item]):
    """A page as it is sent."""

    data: list[Item]
    has_more: bool
    next_cursor: str | None


PageCall = Call[PageBody[Item]]


class _Contents(Generic[Item]):
    def __init__(self, call: PageCall[Item], body: PageBody[Item]) -> None:
        self.data: list[Item] = body.data
        """The items of this page."""
        self.has_more: bool = body.has_more
        """Whether there are further pages."""
        self.next_cursor: str | None = body.next_cursor
        """What to send as `cursor` to get the next page; `None` on the last."""
        self.last_response: ResponseInfo | None = body.last_response
        self._call = call

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.data)}, has_more={self.has_more}>"

    def _next_call(self) -> PageCall[Item] | None:
        if self.next_cursor is None:
            return None
        return replace(self._call, query={**(self._call.query or {}), "cursor": self.next_cursor})


class Page(_Contents[Item]):
    """A page of a list. Iteration goes on to the next page when this one is used up."""

    def __init__(self, transport: Transport, call: PageCall[Item], body: PageBody[Item]) -> None:
        super().__init__(call, body)
        self._transport = transport

    def next_page(self) -> Page[Item] | None:
        """The page after this one, or `None`."""
        call = self._next_call()
        return None if call is None else fetch_page(self._transport, call)

    def pages(self) -> Iterator[Page[Item]]:
        """This page and those after it."""
        page: Page[Item] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page.data


class AsyncPage(_Contents[Item]):
    """A page of a list. Iteration goes on to the next page when this one is used up."""

    def __init__(
        self, transport: AsyncTransport, call: PageCall[Item], body: PageBody[Item]
    ) -> None:
        super().__init__(call, body)
        self._transport = transport

    async def next_page(self) -> AsyncPage[Item] | None:
        """The page after this one, or `None`."""
        call = self._next_call()
        return None if call is None else await fetch_async_page(self._transport, call)

    async def pages(self) -> AsyncIterator[AsyncPage[Item]]:
        """This page and those after it."""
        page: AsyncPage[Item] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page.data:
                yield item


class AsyncPager(Generic[Item]):
    """What `list` gives: `await` it for its first page, or `async for` over all items."""

    def __init__(self, transport: AsyncTransport, call: PageCall[Item]) -> None:
        self._transport = transport
        self._call = call

    def __await__(self) -> Generator[object, None, AsyncPage[Item]]:
        return fetch_async_page(self._transport, self._call).__await__()

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for item in await self:
            yield item


def fetch_page(transport: Transport, call: PageCall[Item]) -> Page[Item]:
    return Page(transport, call, transport.send(call))


async def fetch_async_page(transport: AsyncTransport, call: PageCall[Item]) -> AsyncPage[Item]:
    return AsyncPage(transport, call, await transport.send(call))
