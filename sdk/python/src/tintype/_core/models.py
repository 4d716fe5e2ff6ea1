"""What answers are made of: typed, and open to members that a newer server adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError

from .errors import InvalidResponseError


@dataclass(frozen=True)
class ResponseInfo:
    """The HTTP response that a result came with."""

    status: int
    request_id: str | None
    """Quote it when you ask for help."""
    headers: Mapping[str, str] = field(repr=False)
    """By lower-case name."""
    retries: int = 0
    """How often the request was repeated before this answer."""

    @classmethod
    def from_answer(cls, body: bytes, info: ResponseInfo) -> Self:
        """Of an operation that answers nothing but that it is done."""
        return cls(info.status, info.request_id, info.headers, info.retries)


class Result(Protocol):
    """What an operation can answer."""

    @classmethod
    def from_answer(cls, body: bytes, info: ResponseInfo) -> Self: ...


class APIObject(BaseModel):
    """An object of the API. Members unknown to this version are kept in `model_extra`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow", populate_by_name=True, protected_namespaces=(), defer_build=True
    )

    _last_response: ResponseInfo | None = PrivateAttr(default=None)

    @property
    def last_response(self) -> ResponseInfo | None:
        """The response that brought this object; `None` for a part of another object."""
        return self._last_response

    @classmethod
    def from_answer(cls, body: bytes, info: ResponseInfo) -> Self:
        """The body of an answer as this kind of object."""
        try:
            result = cls.model_validate_json(body)
        except ValidationError as error:
            problem = f"The answer is no {cls.__name__}: {_first_problem(error)}"
            raise InvalidResponseError(problem, info.request_id) from None
        result._last_response = info
        return result

    def __eq__(self, other: object) -> bool:
        # The same object fetched twice is equal, whatever the request ids.
        return (
            isinstance(other, APIObject)
            and type(self) is type(other)
            and self.__dict__ == other.__dict__
            and self.model_extra == other.model_extra
        )


M = TypeVar("M", bound=APIObject)


def _first_problem(error: ValidationError) -> str:
    # Never the input itself: it may hold a secret.
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]
