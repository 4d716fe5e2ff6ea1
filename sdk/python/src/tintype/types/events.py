# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""What webhooks deliver."""

from __future__ import annotations

from typing import TypeAlias

from .._core.unions import UnknownEvent

WebhookEvent: TypeAlias = UnknownEvent
"""What a webhook delivers. Its members are in `model_extra`."""
