"""Takes the steps of a program: once in blocking, once in asynchronous words."""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from typing import TypeVar

import anyio
import httpx2

from .call import Call, R
from .exchange import exchange, fetch
from .logs import discreet
from .models import ResponseInfo
from .settings import Settings
from .steps import Answer, Program, Send, Sleep, Step
from .uploads import Part

T = TypeVar("T")


class Transport:
    """A client's connection to the server."""

    def __init__(self, settings: Settings, http: httpx2.Client) -> None:
        self.settings = settings
        self.http = http

    def send(self, call: Call[R]) -> R:
        return self.run(fetch(self.settings, call))

    def open(self, call: Call[R]) -> tuple[httpx2.Response, ResponseInfo]:
        """A response whose body is still to be read."""
        answer, info = self.run(exchange(self.settings, call, stream=True))
        return answer.raw, info

    def run(self, program: Program[T]) -> T:
        try:
            step = next(program)
            while True:
                try:
                    outcome = self._take(step)
                except Exception as error:
                    step = program.throw(error)
                else:
                    step = program.send(outcome)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            program.close()

    def _take(self, step: Step) -> Answer | None:
        if isinstance(step, Sleep):
            self.sleep(step.seconds)
            return None
        request = _request(self.http, step)
        ends = None if step.timeout is None else time.monotonic() + step.timeout
        with discreet():
            response = self.http.send(request, stream=True, follow_redirects=step.method == "GET")
        if step.stream and response.is_success:
            _limit_reading(request, None)
            return Answer(response)
        try:
            body = bytearray()
            if ends is not None:
                _limit_reading(request, max(ends - time.monotonic(), 0.001))
            for chunk in response.iter_bytes():
                body += chunk
                if ends is not None and time.monotonic() > ends:
                    raise httpx2.ReadTimeout("the body takes too long", request=request)
            return Answer(response, bytes(body))
        finally:
            response.close()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class AsyncTransport:
    """An asynchronous client's connection to the server."""

    def __init__(self, settings: Settings, http: httpx2.AsyncClient) -> None:
        self.settings = settings
        self.http = http

    async def send(self, call: Call[R]) -> R:
        return await self.run(fetch(self.settings, call))

    async def open(self, call: Call[R]) -> tuple[httpx2.Response, ResponseInfo]:
        """A response whose body is still to be read."""
        answer, info = await self.run(exchange(self.settings, call, stream=True))
        return answer.raw, info

    async def run(self, program: Program[T]) -> T:
        try:
            step = next(program)
            while True:
                try:
                    outcome = await self._take(step)
                except Exception as error:
                    step = program.throw(error)
                else:
                    step = program.send(outcome)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            program.close()

    async def _take(self, step: Step) -> Answer | None:
        if isinstance(step, Sleep):
            await self.sleep(step.seconds)
            return None
        request = _request(self.http, step)
        with anyio.move_on_after(step.timeout):
            with discreet():
                response = await self.http.send(
                    request, stream=True, follow_redirects=step.method == "GET"
                )
            if step.stream and response.is_success:
                _limit_reading(request, None)
                return Answer(response)
            try:
                return Answer(response, await response.aread())
            finally:
                await response.aclose()
        raise httpx2.ReadTimeout("the answer takes too long", request=request)

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)


def _request(http: httpx2.Client | httpx2.AsyncClient, step: Send) -> httpx2.Request:
    form: list[tuple[str, Part]] | None = None
    if step.fields is not None:
        form = [(name, (None, value, None)) for name, value in step.fields]
        form.extend(step.parts)
    return http.build_request(
        step.method,
        step.url,
        headers=step.headers,
        params=tuple(step.query) or None,
        content=step.content,
        files=form,
        timeout=step.timeout,
    )


def _limit_reading(request: httpx2.Request, seconds: float | None) -> None:
    """What is left for the body: the connection looks here when it begins to read it."""
    limits = request.extensions.get("timeout")
    if isinstance(limits, MutableMapping):
        limits["read"] = seconds
