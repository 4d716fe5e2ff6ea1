"""Server-sent events as bytes arrive, after the WHATWG's description of them."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from .retry import LONGEST_RETRY_AFTER


@dataclass(frozen=True)
class RawEvent:
    event: str
    id: str
    data: str


class Decoder:
    """Takes bytes as they come, cut anywhere, and gives the events that they complete."""

    def __init__(self) -> None:
        self.last_event_id = ""
        """Kept over reconnections: where to go on from."""
        self.retry: float | None = None
        """The seconds that the server wants between connections."""
        self.restart()

    def restart(self) -> None:
        """A new connection: what was half read is gone."""
        self._text = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._line = ""
        self._after_cr = False
        self._event = ""
        self._id = self.last_event_id
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> list[RawEvent]:
        events: list[RawEvent] = []
        for line in self._lines(self._text.decode(chunk)):
            if line:
                self._field(line)
            elif (event := self._dispatch()) is not None:
                events.append(event)
        return events

    def _lines(self, text: str) -> list[str]:
        if self._after_cr and text.startswith("\n"):
            text = text[1:]
        if text:
            self._after_cr = text.endswith("\r")
        lines = (self._line + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._line = lines.pop()
        return lines

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "event":
                self._event = value
            case "data":
                self._data.append(value)
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self.retry = min(float(value) / 1000, LONGEST_RETRY_AFTER)
            case _:
                pass  # a comment (a heartbeat), or a field of the future

    def _dispatch(self) -> RawEvent | None:
        self.last_event_id = self._id
        event, data = self._event or "message", self._data
        self._event, self._data = "", []
        return RawEvent(event, self._id, "\n".join(data)) if data else None
