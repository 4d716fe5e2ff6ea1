# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""What can go wrong. All of it is a `TintypeError`.

An answer of the server with an error status is an `APIError`, with one class per family;
decide finer by its `code`, which is stable, and never by the words of `detail`.
"""

from ._core.errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    FieldError,
    InvalidResponseError,
    TintypeError,
    WaitTimeoutError,
    WebhookVerificationError,
)

__all__ = [
    "APIConnectionError",
    "APIError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "FieldError",
    "GoneError",
    "InsufficientCreditsError",
    "InvalidResponseError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "TintypeError",
    "UnprocessableError",
    "WaitTimeoutError",
    "WebhookVerificationError",
]


class BadRequestError(APIError):
    """The request can't be read, or does not fit its schema: see `errors`. Status 400, 405, 413,
    415, 416.
    """


class AuthenticationError(APIError):
    """There is no valid key. Status 401."""


class InsufficientCreditsError(APIError):
    """There are not enough credits, or a spending cap is reached. Status 402."""


class PermissionDeniedError(APIError):
    """The key lacks the scope. Status 403."""


class NotFoundError(APIError):
    """There is no such resource, or it is not yours. Status 404."""


class ConflictError(APIError):
    """The state of the resource does not allow it. Status 409."""


class GoneError(APIError):
    """It existed and is gone: erased, or a model that has ended. Status 410."""


class UnprocessableError(APIError):
    """The request is well-formed, but a rule refuses it. Status 422."""


class RateLimitError(APIError):
    """Too many requests: the error says when to try again. Status 429."""


class ServerError(APIError):
    """The server failed, or is not available right now. Status 500 and above."""


def error_of(status: int) -> type[APIError]:
    """The family that a status belongs to."""
    match status:
        case 400 | 405 | 413 | 415 | 416:
            return BadRequestError
        case 401:
            return AuthenticationError
        case 402:
            return InsufficientCreditsError
        case 403:
            return PermissionDeniedError
        case 404:
            return NotFoundError
        case 409:
            return ConflictError
        case 410:
            return GoneError
        case 422:
            return UnprocessableError
        case 429:
            return RateLimitError
        case _:
            return ServerError if status >= 500 else APIError
