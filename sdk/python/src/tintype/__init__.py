"""The Tintype client: images, videos, voices and texts behind one API.

`Tintype` blocks, `AsyncTintype` awaits; `tintype.types` holds what is sent and received,
`tintype.errors` what can go wrong, and `tintype.webhooks` checks deliveries.
"""

from ._client import AsyncTintype, Tintype
from ._core.call import Options
from ._core.downloads import AsyncDownload, Download
from ._core.models import APIObject, ResponseInfo
from ._core.omit import OMIT, Omit
from ._core.paging import AsyncPage, AsyncPager, Page
from ._core.streaming import AsyncStream, Event, Stream
from ._core.unions import Unknown, UnknownEvent
from ._core.uploads import FileInput, Upload
from ._version import __version__
from .errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    FieldError,
    GoneError,
    InsufficientCreditsError,
    InvalidResponseError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    TintypeError,
    UnprocessableError,
    WaitTimeoutError,
    WebhookVerificationError,
)
from .webhooks import Webhook

__all__ = [
    "OMIT",
    "APIConnectionError",
    "APIError",
    "APIObject",
    "APITimeoutError",
    "AsyncDownload",
    "AsyncPage",
    "AsyncPager",
    "AsyncStream",
    "AsyncTintype",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "Download",
    "Event",
    "FieldError",
    "FileInput",
    "GoneError",
    "InsufficientCreditsError",
    "InvalidResponseError",
    "NotFoundError",
    "Omit",
    "Options",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseInfo",
    "ServerError",
    "Stream",
    "Tintype",
    "TintypeError",
    "Unknown",
    "UnknownEvent",
    "UnprocessableError",
    "Upload",
    "WaitTimeoutError",
    "Webhook",
    "WebhookVerificationError",
    "__version__",
]
