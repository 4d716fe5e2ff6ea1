"""What can go wrong, but for the families of `APIError`, which are generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from .retry import retry_after
from .wire import is_list, is_object

if TYPE_CHECKING:
    from ..types import ErrorCode


class TintypeError(Exception):
    """Everything that this library raises by itself."""


class APIConnectionError(TintypeError):
    """No answer came: the server was not reached, or the connection broke."""


class APITimeoutError(APIConnectionError, TimeoutError):
    """No answer came in time."""


class WaitTimeoutError(APITimeoutError):
    """What was waited for has not ended yet. It goes on: wait again, or cancel it."""


class InvalidResponseError(TintypeError):
    """The answer was understood neither as a result nor as an error."""

    def __init__(self, message: str, request_id: str | None = None) -> None:
        super().__init__(message, request_id)
        self.request_id: str | None = request_id

    def __str__(self) -> str:
        return str(self.args[0])


class WebhookVerificationError(TintypeError):
    """The delivery is not from the server, too old, or not meant for this secret."""


@dataclass(frozen=True)
class FieldError:
    """One thing that is wrong with a request."""

    code: str
    """What is wrong, in one stable word."""
    detail: str
    """What is wrong, in a sentence."""
    pointer: str | None = None
    """Where in the body: a JSON pointer."""
    parameter: str | None = None
    """Which parameter or header, when it is not in the body."""


class APIError(TintypeError):
    """An answer with an error status. Its subclasses go by status; decide finer by `code`."""

    def __init__(
        self, status: int, problem: Mapping[str, object], headers: Mapping[str, str]
    ) -> None:
        super().__init__(status, problem, headers)
        self.status: int = status
        self.headers: Mapping[str, str] = headers
        """By lower-case name."""
        self.code: ErrorCode = _text(problem, "code") or "unknown"
        """The stable reason. Decide by it."""
        self.title: str = _text(problem, "title") or ""
        self.detail: str = _text(problem, "detail") or ""
        """What happened this time, in words that may change."""
        self.type: str = _text(problem, "type") or "about:blank"
        """A page that explains this kind of error."""
        self.request_id: str | None = headers.get("x-request-id") or _text(problem, "request_id")
        """Quote it when you ask for help."""
        self.errors: Sequence[FieldError] = _field_errors(problem.get("errors"))
        """What is wrong with the request, one by one."""
        self.retry_after: float | None = retry_after(headers)
        """After how many seconds to try again, if the server said so."""
        self.context: Mapping[str, object] = {
            key: value for key, value in problem.items() if key not in _KNOWN
        }
        """What else belongs to this code, such as `required` and `available`."""

    def __str__(self) -> str:
        words = self.detail or self.title or "no further words"
        request = f" (request {self.request_id})" if self.request_id else ""
        return f"{self.status} {self.code}: {words}{request}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def problem_of(body: bytes) -> dict[str, object]:
    """What an answer says of its error; nothing if a proxy wrote it in its own words."""
    try:
        return _PROBLEM.validate_json(body)
    except ValueError:
        return {}


_PROBLEM = TypeAdapter(dict[str, object])
_KNOWN = frozenset(
    {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}
)


def _text(problem: Mapping[str, object], key: str) -> str | None:
    value = problem.get(key)
    return value if isinstance(value, str) else None


def _field_errors(value: object) -> Sequence[FieldError]:
    if not is_list(value):
        return ()
    return tuple(
        FieldError(
            code=_text(item, "code") or "unknown",
            detail=_text(item, "detail") or "",
            pointer=_text(item, "pointer"),
            parameter=_text(item, "parameter"),
        )
        for item in value
        if is_object(item)
    )
