"""The steps that a conversation with the server consists of.

A `Program` is a generator: it yields what is to be done and is resumed with the outcome,
or with the exception that it led to. It decides everything and does nothing, so one text
serves blocking and asynchronous clients.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import httpx2

from .uploads import Part

T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """Send a request and read the answer; of a successful stream, its head alone."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    query: list[tuple[str, str]] = field(repr=False)
    timeout: float | None
    """For all of it, in seconds."""
    content: bytes | None = field(default=None, repr=False)
    fields: list[tuple[str, str]] | None = field(default=None, repr=False)
    """Of a form; `parts` are its files."""
    parts: Sequence[tuple[str, Part]] = field(default=(), repr=False)
    stream: bool = False


@dataclass(frozen=True)
class Sleep:
    seconds: float


@dataclass(frozen=True)
class Answer:
    """What came back."""

    raw: httpx2.Response
    """Still open, and with its body to come, if it is a stream."""
    body: bytes = field(default=b"", repr=False)

    @property
    def status(self) -> int:
        return self.raw.status_code

    @property
    def succeeded(self) -> bool:
        return self.raw.is_success

    @property
    def headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.raw.headers.items()}


Step = Send | Sleep
Program = Generator[Step, Answer | None, T]


def send(step: Send) -> Program[Answer]:
    answer = yield step
    if answer is None:
        raise RuntimeError("a request was answered with nothing")
    return answer


def sleep(seconds: float) -> Program[None]:
    yield Sleep(seconds)
