"""The HTTP library logs whole URLs. Those of our requests may hold the token of a signed link."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

import httpx2

_sending: ContextVar[bool] = ContextVar("tintype_sending", default=False)


def _without_query(record: logging.LogRecord) -> bool:
    if _sending.get() and isinstance(record.args, tuple):
        record.args = tuple(
            arg.copy_with(query=None) if isinstance(arg, httpx2.URL) else arg for arg in record.args
        )
    return True


logging.getLogger("httpx2").addFilter(_without_query)


@contextmanager
def discreet() -> Generator[None]:
    """Requests sent within are logged without their queries."""
    token = _sending.set(True)
    try:
        yield
    finally:
        _sending.reset(token)
