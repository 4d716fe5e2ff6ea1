# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.webhook_deliveries`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import DeliveryStatus
from ..types.objects import WebhookDelivery


class WebhookDeliveriesResource:
    """What happened, pushed to your own addresses or pulled: each event at least once, signed,
    and in both cases with the same id.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        subject: str | Omit = OMIT,
        event_id: str | Omit = OMIT,
        status: DeliveryStatus | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[WebhookDelivery]:
        """List deliveries.

        What was sent in the last 30 days, to your endpoints and to the `webhook_url` of
        requests, newest first, and what became of it. `?subject=gen_…` shows what was told of
        one generation, `?status=failed` what never arrived.

        Scope: `webhooks:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            subject: Only those about the generation, batch, key, purchase or endpoint with this
                id.
            event_id: Only those of this event.
            status: Only those that stand so.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/webhook-deliveries",
            PageBody[WebhookDelivery],
            query={
                "limit": limit,
                "cursor": cursor,
                "subject": subject,
                "event_id": event_id,
                "status": status,
            },
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(self, id: str, *, options: Options | None = None) -> WebhookDelivery:
        """Get a delivery.

        One event on its way to one address: how often it was sent, what the address answered
        last, and when the next attempt is due.

        Scope: `webhooks:read`.

        Args:
            id: The delivery's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/webhook-deliveries/{segment(id)}",
            WebhookDelivery,
            options=options,
        )
        return self._transport.send(call)

    def replay(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookDelivery:
        """Send a delivery again.

        Its event is sent once more to where it went, the endpoint or the `webhook_url`, with the
        `webhook-id` that it had, whether it arrived before or not. The answer is the new
        delivery, with attempts of its own; the old one stays as it is, and goes on where it
        still waits.

        409 `conflict`: the endpoint is disabled or deleted, or the event is older than 30 days.
        410 `erased`: what it told of was erased, and the `webhook_url` with it.

        Scope: `webhooks:write`.

        Args:
            id: The delivery's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-deliveries/{segment(id)}/replay",
            WebhookDelivery,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)


class AsyncWebhookDeliveriesResource:
    """What happened, pushed to your own addresses or pulled: each event at least once, signed,
    and in both cases with the same id.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        subject: str | Omit = OMIT,
        event_id: str | Omit = OMIT,
        status: DeliveryStatus | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[WebhookDelivery]:
        """List deliveries.

        What was sent in the last 30 days, to your endpoints and to the `webhook_url` of
        requests, newest first, and what became of it. `?subject=gen_…` shows what was told of
        one generation, `?status=failed` what never arrived.

        Scope: `webhooks:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            subject: Only those about the generation, batch, key, purchase or endpoint with this
                id.
            event_id: Only those of this event.
            status: Only those that stand so.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/webhook-deliveries",
            PageBody[WebhookDelivery],
            query={
                "limit": limit,
                "cursor": cursor,
                "subject": subject,
                "event_id": event_id,
                "status": status,
            },
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(self, id: str, *, options: Options | None = None) -> WebhookDelivery:
        """Get a delivery.

        One event on its way to one address: how often it was sent, what the address answered
        last, and when the next attempt is due.

        Scope: `webhooks:read`.

        Args:
            id: The delivery's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/webhook-deliveries/{segment(id)}",
            WebhookDelivery,
            options=options,
        )
        return await self._transport.send(call)

    async def replay(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookDelivery:
        """Send a delivery again.

        Its event is sent once more to where it went, the endpoint or the `webhook_url`, with the
        `webhook-id` that it had, whether it arrived before or not. The answer is the new
        delivery, with attempts of its own; the old one stays as it is, and goes on where it
        still waits.

        409 `conflict`: the endpoint is disabled or deleted, or the event is older than 30 days.
        410 `erased`: what it told of was erased, and the `webhook_url` with it.

        Scope: `webhooks:write`.

        Args:
            id: The delivery's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-deliveries/{segment(id)}/replay",
            WebhookDelivery,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)
