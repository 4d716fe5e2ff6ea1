"""Waiting for the end of something that the server makes in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic

from .call import Call
from .errors import WaitTimeoutError
from .exchange import fetch
from .models import M
from .settings import Settings
from .steps import Program, sleep

PATIENCE = 30.0
"""For how many seconds the server is asked to hold an answer back."""
CURIOSITY = 1.0
"""The same when someone looks at the progress meanwhile."""
SHORTEST_ROUND = 0.5
"""A server that does not hold answers back is not asked more often than this."""


class Wait(Generic[M]):
    """One wait, from its beginning on."""

    def __init__(
        self,
        ended: Callable[[M], bool],
        timeout: float | None,
        on_progress: Callable[[M], object] | None,
    ) -> None:
        self._ended = ended
        self._timeout = timeout
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._on_progress = on_progress

    def seconds(self) -> float:
        """For how long the server should hold the next answer back."""
        return min(self._left(), PATIENCE if self._on_progress is None else CURIOSITY)

    def until_end(
        self, settings: Settings, ask: Callable[[float], Call[M]], last: M | None = None
    ) -> Program[M]:
        """Ask again and again; `last` is what is known already."""
        if last is not None and self._is_over(last):
            return last
        while True:
            asked = time.monotonic()
            last = yield from fetch(settings, ask(self.seconds()))
            if self._is_over(last):
                return last
            pause = min(asked + SHORTEST_ROUND - time.monotonic(), self._left())
            if pause > 0:
                yield from sleep(pause)
            if self._left() <= 0:
                raise WaitTimeoutError(f"It has not ended after {self._timeout:g} seconds.")

    def _is_over(self, last: M) -> bool:
        if self._on_progress is not None:
            self._on_progress(last)
        return self._ended(last)

    def _left(self) -> float:
        return float("inf") if self._deadline is None else self._deadline - time.monotonic()
