"""The conversation about one call: attempts, the waits between them, and what came of it."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

import httpx2

from ..errors import error_of
from .call import Call, R
from .errors import APIConnectionError, APITimeoutError, TintypeError, problem_of
from .models import ResponseInfo
from .retry import delay, should_retry
from .settings import Settings
from .steps import Answer, Program, Send, send, sleep
from .uploads import opened, present
from .wire import json_bytes, pairs

logger = logging.getLogger("tintype")


def fetch(settings: Settings, call: Call[R]) -> Program[R]:
    """Make a call and understand its answer."""
    answer, info = yield from exchange(settings, call)
    return call.result.from_answer(answer.body, info)


def exchange(
    settings: Settings, call: Call[R], *, stream: bool = False
) -> Program[tuple[Answer, ResponseInfo]]:
    """Attempt a call until it succeeds, is refused for good, or the retries are used up."""
    if call.auth == "required" and settings.api_key is None:
        raise TintypeError("No API key: pass `api_key`, or set TINTYPE_API_KEY.")
    request = _request(settings, call, stream=stream)
    files = present(call.files)
    replayable = all(file.replayable for file in files.values())
    max_retries = call.max_retries(settings) if replayable else 0
    retries = 0
    while True:
        started = time.monotonic()
        try:
            with opened(files) as parts:
                answer = yield from send(replace(request, parts=parts))
        except httpx2.RequestError as error:
            _log(call, retries, started, type(error).__name__, None)
            if retries >= max_retries or not call.repeatable or _is_hopeless(error):
                raise connection_error(error) from error
            pause = delay(retries, {})
        else:
            headers = answer.headers
            info = ResponseInfo(answer.status, headers.get("x-request-id"), headers, retries)
            _log(call, retries, started, str(info.status), info.request_id)
            if answer.succeeded:
                return answer, info
            again = should_retry(info.status, headers, repeatable=call.repeatable)
            if retries >= max_retries or not again:
                raise error_of(info.status)(info.status, problem_of(answer.body), headers)
            pause = delay(retries, headers)
        logger.info("%s %s again in %.2f s", call.method, call.path, pause)
        yield from sleep(pause)
        retries += 1


def connection_error(error: httpx2.RequestError) -> APIConnectionError:
    """What the HTTP library reports, in words that hold no link."""
    if isinstance(error, httpx2.TimeoutException):
        return APITimeoutError("No answer came in time.")
    return APIConnectionError(f"No answer came: {type(error).__name__}.")


def _request(settings: Settings, call: Call[R], *, stream: bool) -> Send:
    """What all attempts have in common, the idempotency key included."""
    is_form = call.files is not None
    body = call.body or {}
    return Send(
        method=call.method,
        url=settings.base_url + call.path,
        headers=call.header_lines(settings),
        query=pairs(call.query or {}),
        timeout=call.timeout(settings),
        content=None if is_form or call.body is None else json_bytes(body),
        fields=pairs(body) if is_form else None,
        stream=stream,
    )


def _is_hopeless(error: httpx2.RequestError) -> bool:
    """Whether the same would happen again."""
    return not isinstance(error, httpx2.TransportError) or isinstance(
        error, httpx2.UnsupportedProtocol | httpx2.LocalProtocolError
    )


def _log(call: Call[R], retries: int, started: float, outcome: str, request_id: str | None) -> None:
    logger.debug(
        "%s %s: %s in %.3f s (attempt %d, request %s)",
        call.method,
        call.path,
        outcome,
        time.monotonic() - started,
        retries + 1,
        request_id or "unknown",
    )
