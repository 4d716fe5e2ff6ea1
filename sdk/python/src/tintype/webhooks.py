"""Checks that a webhook is from the server (Standard Webhooks 1.0.0), and reads it.

    webhook = Webhook("whsec_…")
    event = webhook.verify(request.body, request.headers)

Verify the body as it came, byte for byte, before anything else parses it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from ._core.errors import WebhookVerificationError
from .types import WebhookEvent

__all__ = ["Webhook", "WebhookEvent"]

TOLERANCE = 300.0
"""How many seconds a delivery's clock may differ from ours."""

_EVENT: TypeAdapter[WebhookEvent] = TypeAdapter(WebhookEvent)


class Webhook:
    """Verifies deliveries to one endpoint.

    Give it the endpoint's secret; while a secret is being rotated, both.
    """

    def __init__(self, *secrets: str, tolerance: float = TOLERANCE) -> None:
        if not secrets:
            raise ValueError("give the endpoint's secret")
        self._keys = [_key(secret) for secret in secrets]
        self._tolerance = tolerance

    def verify(self, body: bytes | str, headers: Mapping[str, str]) -> WebhookEvent:
        """The event that was delivered; raises `WebhookVerificationError` unless it is genuine."""
        try:
            raw = body.encode() if isinstance(body, str) else body
            lines = {name.lower(): value for name, value in headers.items()}
            delivery, sent_at, signatures = (
                lines[f"webhook-{name}"] for name in ("id", "timestamp", "signature")
            )
            # Frameworks hand out bytes beyond ASCII as lone surrogates or as Latin-1.
            signed = b".".join((delivery.encode("ascii"), sent_at.encode("ascii"), raw))
            given = signatures.encode("ascii")
        except KeyError as error:
            raise WebhookVerificationError(f"The header {error} is missing.") from None
        except UnicodeEncodeError:
            raise WebhookVerificationError("A header is not ASCII, or the body no text.") from None
        except (AttributeError, TypeError) as error:
            raise WebhookVerificationError("A header is no text, or the body no bytes.") from error
        self._check_time(sent_at)
        if not any(_matches(key, signed, given) for key in self._keys):
            raise WebhookVerificationError("No signature fits.")
        try:
            return _EVENT.validate_json(raw)
        except ValidationError as error:
            raise WebhookVerificationError("The body is no event.") from error

    def _check_time(self, sent_at: str) -> None:
        if not (sent_at.isascii() and sent_at.isdigit() and len(sent_at) < 20):
            raise WebhookVerificationError("The timestamp is no number.")
        if abs(time.time() - int(sent_at)) > self._tolerance:
            raise WebhookVerificationError("The timestamp is too far from now.")


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise ValueError("a webhook's secret is `whsec_` and base64") from None
    if not key:
        raise ValueError("a webhook's secret is `whsec_` and base64")
    return key


def _matches(key: bytes, signed: bytes, signatures: bytes) -> bool:
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    versions = (signature.partition(b",") for signature in signatures.split())
    # All are compared, so that the time taken tells nothing.
    matches = [
        hmac.compare_digest(value, wanted) for version, _, value in versions if version == b"v1"
    ]
    return any(matches)
