"""Streams of events, taken up again where they were cut."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Generic, Self, TypeVar

import httpx2
from pydantic import TypeAdapter, ValidationError

from .call import Call, Options
from .errors import APIConnectionError, InvalidResponseError
from .exchange import connection_error
from .models import ResponseInfo
from .retry import delay
from .sse import Decoder, RawEvent
from .transport import AsyncTransport, Transport

E = TypeVar("E")

MOST_RECONNECTIONS = 3

StreamCall = Call[ResponseInfo]


@dataclass(frozen=True)
class Event(Generic[E]):
    """An event of a stream."""

    event: str
    """What kind of event it is."""
    id: str
    """Where in the stream it stands; empty if the server numbers nothing."""
    data: E


class _Session(Generic[E]):
    """What is known of a stream beyond its connections."""

    def __init__(self, call: StreamCall, data: TypeAdapter[E]) -> None:
        self._call = replace(call, accept="text/event-stream")
        self._data = data
        self._decoder = Decoder()
        self._reconnections = 0

    def call(self) -> StreamCall:
        """The next connection: it goes on behind the last event that was seen."""
        if self._reconnections == 0:
            return self._call
        last = self._decoder.last_event_id
        headers = {**(self._call.headers or {}), **({"Last-Event-ID": last} if last else {})}
        # Failures are counted here, not for each connection anew.
        options: Options = {**(self._call.options or {}), "max_retries": 0}
        return replace(self._call, headers=headers, options=options)

    def read(self, chunk: bytes) -> list[Event[E]]:
        return [self._typed(event) for event in self._decoder.feed(chunk)]

    def lost(self, error: httpx2.RequestError | APIConnectionError) -> float:
        """After how many seconds to connect again; raises if it was the last time."""
        if self._reconnections >= MOST_RECONNECTIONS:
            if isinstance(error, APIConnectionError):
                raise error
            raise connection_error(error) from error
        self._decoder.restart()
        pause = self._decoder.retry
        pause = delay(self._reconnections, {}) if pause is None else pause
        self._reconnections += 1
        return pause

    def _typed(self, event: RawEvent) -> Event[E]:
        try:
            data = self._data.validate_json(event.data)
        except ValidationError as error:
            raise InvalidResponseError(f"Unreadable data in an event `{event.event}`.") from error
        return Event(event.event, event.id, data)


class Stream(Generic[E]):
    """Events as they happen: iterate over it, and close it (or leave its `with`) when done."""

    def __init__(
        self,
        transport: Transport,
        session: _Session[E],
        response: httpx2.Response,
        info: ResponseInfo,
    ) -> None:
        self._transport = transport
        self._session = session
        self._response = response
        self.last_response: ResponseInfo = info
        self._events = self._run()

    def __iter__(self) -> Iterator[Event[E]]:
        return self._events

    def __next__(self) -> Event[E]:
        return next(self._events)

    def _run(self) -> Iterator[Event[E]]:
        while True:
            try:
                if self._response.is_closed:
                    self._response, _ = self._transport.open(self._session.call())
                for chunk in self._response.iter_bytes():
                    yield from self._session.read(chunk)
                return
            except (httpx2.RequestError, APIConnectionError) as error:
                pause = self._session.lost(error)
            finally:
                self._response.close()
            self._transport.sleep(pause)

    def close(self) -> None:
        """Hang up. It cancels nothing on the server."""
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncStream(Generic[E]):
    """Events as they happen: iterate over it, and close it (or leave its `with`) when done."""

    def __init__(
        self,
        transport: AsyncTransport,
        session: _Session[E],
        response: httpx2.Response,
        info: ResponseInfo,
    ) -> None:
        self._transport = transport
        self._session = session
        self._response = response
        self.last_response: ResponseInfo = info
        self._events = self._run()

    def __aiter__(self) -> AsyncIterator[Event[E]]:
        return self._events

    async def __anext__(self) -> Event[E]:
        return await anext(self._events)

    async def _run(self) -> AsyncIterator[Event[E]]:
        while True:
            try:
                if self._response.is_closed:
                    self._response, _ = await self._transport.open(self._session.call())
                async for chunk in self._response.aiter_bytes():
                    for event in self._session.read(chunk):
                        yield event
                return
            except (httpx2.RequestError, APIConnectionError) as error:
                pause = self._session.lost(error)
            finally:
                await self._response.aclose()
            await self._transport.sleep(pause)

    async def close(self) -> None:
        """Hang up. It cancels nothing on the server."""
        await self._response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def open_stream(transport: Transport, call: StreamCall, data: TypeAdapter[E]) -> Stream[E]:
    session = _Session(call, data)
    return Stream(transport, session, *transport.open(session.call()))


async def open_async_stream(
    transport: AsyncTransport, call: StreamCall, data: TypeAdapter[E]
) -> AsyncStream[E]:
    session = _Session(call, data)
    response, info = await transport.open(session.call())
    return AsyncStream(transport, session, response, info)
