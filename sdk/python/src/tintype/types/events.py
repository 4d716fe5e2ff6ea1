# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""What webhooks deliver."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Tag

from .._core.unions import UNKNOWN, UnknownEvent, told_by
from .objects import (
    BatchWebhook,
    EndpointWebhook,
    GenerationWebhook,
    KeyCapWebhook,
    KeyLeakedWebhook,
    PurchaseWebhook,
)

WebhookEvent: TypeAlias = Annotated[
    Annotated[GenerationWebhook, Tag("generation.started")]
    | Annotated[GenerationWebhook, Tag("generation.succeeded")]
    | Annotated[GenerationWebhook, Tag("generation.failed")]
    | Annotated[GenerationWebhook, Tag("generation.canceled")]
    | Annotated[GenerationWebhook, Tag("generation.expired")]
    | Annotated[BatchWebhook, Tag("batch.ended")]
    | Annotated[KeyCapWebhook, Tag("key.cap_reached")]
    | Annotated[KeyLeakedWebhook, Tag("key.leaked")]
    | Annotated[PurchaseWebhook, Tag("purchase.paid")]
    | Annotated[PurchaseWebhook, Tag("purchase.refunded")]
    | Annotated[PurchaseWebhook, Tag("purchase.disputed")]
    | Annotated[PurchaseWebhook, Tag("purchase.dispute_won")]
    | Annotated[PurchaseWebhook, Tag("purchase.dispute_lost")]
    | Annotated[EndpointWebhook, Tag("webhook_endpoint.disabled")]
    | Annotated[EndpointWebhook, Tag("webhook_endpoint.test")]
    | Annotated[UnknownEvent, Tag(UNKNOWN)],
    told_by(
        "type",
        "generation.started",
        "generation.succeeded",
        "generation.failed",
        "generation.canceled",
        "generation.expired",
        "batch.ended",
        "key.cap_reached",
        "key.leaked",
        "purchase.paid",
        "purchase.refunded",
        "purchase.disputed",
        "purchase.dispute_won",
        "purchase.dispute_lost",
        "webhook_endpoint.disabled",
        "webhook_endpoint.test",
    ),
]
"""What a webhook delivers; an `UnknownEvent` if this version does not know its `type`."""
