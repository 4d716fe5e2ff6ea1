"""One call of an operation, as the generated methods describe it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypedDict, TypeVar

from .models import Result
from .omit import OMIT, Omit
from .settings import USER_AGENT, Settings
from .uploads import FileInput
from .wire import plain

R = TypeVar("R", bound=Result)


class Options(TypedDict, total=False):
    """What one call does differently from the rest of its client."""

    timeout: float | None
    """Seconds for one attempt; `None` for no limit."""
    max_retries: int
    """How often to repeat it at most."""
    headers: Mapping[str, str]
    """Further headers."""


@dataclass(frozen=True)
class Call(Generic[R]):
    """What to send, and what comes back."""

    method: str
    path: str
    result: type[R]
    query: Mapping[str, object] | None = None
    headers: Mapping[str, object] | None = None
    body: Mapping[str, object] | None = None
    files: Mapping[str, FileInput | Omit] | None = None
    """Sent with `body` as a form, if there are any."""
    accept: str = "application/json"
    auth: Literal["required", "optional", "none"] = "required"
    """Whether a key is sent."""
    takes_idempotency_key: bool = False
    idempotency_key: str | None = None
    wait: float | Omit = OMIT
    """Seconds for which the server may hold the answer back, waiting for an end."""
    options: Options | None = None

    @property
    def repeatable(self) -> bool:
        """Whether it does no more when it arrives twice."""
        return self.takes_idempotency_key or self.method != "POST"

    def max_retries(self, settings: Settings) -> int:
        return (self.options or {}).get("max_retries", settings.max_retries)

    def timeout(self, settings: Settings) -> float | None:
        """For one attempt: what the server was asked to wait comes on top."""
        timeout = (self.options or {}).get("timeout", settings.timeout)
        if timeout is None or isinstance(self.wait, Omit):
            return timeout
        return timeout + self.wait

    def header_lines(self, settings: Settings) -> dict[str, str]:
        """All headers. Made once a call: the idempotency key stays the same over retries."""
        lines = {"accept": self.accept, "user-agent": USER_AGENT}
        if settings.api_key is not None and self.auth != "none":
            lines["authorization"] = f"Bearer {settings.api_key}"
        if self.takes_idempotency_key:
            lines["idempotency-key"] = self.idempotency_key or str(uuid.uuid4())
        if not isinstance(self.wait, Omit) and self.wait >= 1:
            lines["prefer"] = f"wait={int(self.wait)}"
        if self.body is not None and self.files is None:
            lines["content-type"] = "application/json"
        own = {
            name: plain(value)
            for name, value in (self.headers or {}).items()
            if not isinstance(value, Omit)
        }
        for more in (own, settings.headers, (self.options or {}).get("headers", {})):
            lines.update((name.lower(), value) for name, value in more.items())
        return lines
