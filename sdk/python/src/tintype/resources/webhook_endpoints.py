# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.webhook_endpoints`"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import EventType
from ..types.objects import (
    CreatedWebhookEndpoint,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookReplay,
    WebhookSecret,
)


class WebhookEndpointsResource:
    """What happened, pushed to your own addresses or pulled: each event at least once, signed,
    and in both cases with the same id.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        url: str,
        description: str | Omit = OMIT,
        events: Sequence[EventType] | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedWebhookEndpoint:
        """Create a webhook endpoint.

        From now on, events are posted to this address as the guide to webhooks says. The secret
        that verifies them is in the answer, once. With an `Idempotency-Key`, the same request
        within 24 hours is answered with the same endpoint and secret. It takes the scopes that
        read what these events are about, too: `generations:read`, `keys:read` and
        `purchases:read` for all of them.

        Scope: `webhooks:write`.

        Args:
            url: An `https` address on the public internet.
            description: What it is for, in your own words.
            events: The types of events to send; all, if absent.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/webhook-endpoints",
            CreatedWebhookEndpoint,
            body={"url": url, "description": description, "events": events},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[WebhookEndpoint]:
        """List webhook endpoints.

        Newest first, without their secrets.

        Scope: `webhooks:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/webhook-endpoints",
            PageBody[WebhookEndpoint],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(self, id: str, *, options: Options | None = None) -> WebhookEndpoint:
        """Get a webhook endpoint.

        Scope: `webhooks:read`.

        Args:
            id: The endpoint's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/webhook-endpoints/{segment(id)}", WebhookEndpoint, options=options)
        return self._transport.send(call)

    def update(
        self,
        id: str,
        *,
        url: str | Omit = OMIT,
        description: str | Omit = OMIT,
        events: Sequence[EventType] | Omit = OMIT,
        enabled: bool | Omit = OMIT,
        options: Options | None = None,
    ) -> WebhookEndpoint:
        """Update a webhook endpoint.

        What is absent stays. Another `url`, or other `events`, take the scopes that an endpoint
        for them takes. One that we disabled is enabled again with `enabled: true`. What happened
        while it was disabled is not sent by itself: replay that range.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            url: An `https` address on the public internet.
            events: The types of events to send; none: all.
            enabled: `false` stops sending; `true` begins again, with what still waits and what
                happens from then on.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PATCH",
            f"/v1/webhook-endpoints/{segment(id)}",
            WebhookEndpoint,
            body={"url": url, "description": description, "events": events, "enabled": enabled},
            options=options,
        )
        return self._transport.send(call)

    def delete(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """Delete a webhook endpoint.

        It is sent nothing more, not even what waits.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", f"/v1/webhook-endpoints/{segment(id)}", ResponseInfo, options=options)
        return self._transport.send(call)

    def rotate_secret(
        self,
        id: str,
        *,
        grace_seconds: int | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedWebhookEndpoint:
        """Rotate a webhook endpoint's secret.

        The answer has the new secret, once. For `grace_seconds` everything is signed with both,
        so that you can change over without losing an event. At most two secrets sign at a time:
        if you rotate again within the grace, the oldest signs no more.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            grace_seconds: For how long the old secret signs too: up to 7 days.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-endpoints/{segment(id)}/rotate-secret",
            CreatedWebhookEndpoint,
            body={"grace_seconds": grace_seconds},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def test(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookEndpoint:
        """Send a test event.

        Posts an event of the type `webhook_endpoint.test` to this endpoint; its deliveries say
        what became of it.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-endpoints/{segment(id)}/test",
            WebhookEndpoint,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def deliveries(
        self,
        id: str,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[WebhookDelivery]:
        """List an endpoint's deliveries.

        What was sent to it in the last 30 days, newest first, and what became of it.

        Scope: `webhooks:read`.

        Args:
            id: The endpoint's id.
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/webhook-endpoints/{segment(id)}/deliveries",
            PageBody[WebhookDelivery],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def replay(
        self,
        id: str,
        *,
        event_id: str | Omit = OMIT,
        after: datetime | str | Omit = OMIT,
        before: datetime | str | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookReplay:
        """Send events again.

        One event by `event_id`, or all that the endpoint wants of a range of times, whether they
        arrived before or not. They come with the ids that they had. One event takes the scope
        that reads what it is about, too.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            event_id: One event, whether the endpoint wanted it or not.
            after: Or all events that the endpoint wants from this time on,
            before: until before this time; until now, if absent.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-endpoints/{segment(id)}/replay",
            WebhookReplay,
            body={"event_id": event_id, "after": after, "before": before},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def default_secret(self, *, options: Options | None = None) -> WebhookSecret:
        """Get the secret for `webhook_url`.

        It signs what is sent to the `webhook_url` of a request for a generation or a batch, in
        this mode. Endpoints have secrets of their own.

        Scope: `webhooks:write`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/webhook-endpoints/default-secret", WebhookSecret, options=options)
        return self._transport.send(call)

    def rotate_default_secret(
        self,
        *,
        grace_seconds: int | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookSecret:
        """Rotate the secret for `webhook_url`.

        The answer has the new secret; unlike an endpoint's, it can be read again. For
        `grace_seconds`, what is sent to a `webhook_url` is signed with both, so that you can
        change over without losing an event. At most two secrets sign at a time: if you rotate
        again within the grace, the oldest signs no more.

        Scope: `webhooks:write`.

        Args:
            grace_seconds: For how long the old secret signs too: up to 7 days.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/webhook-endpoints/default-secret/rotate",
            WebhookSecret,
            body={"grace_seconds": grace_seconds},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)


class AsyncWebhookEndpointsResource:
    """What happened, pushed to your own addresses or pulled: each event at least once, signed,
    and in both cases with the same id.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        url: str,
        description: str | Omit = OMIT,
        events: Sequence[EventType] | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedWebhookEndpoint:
        """Create a webhook endpoint.

        From now on, events are posted to this address as the guide to webhooks says. The secret
        that verifies them is in the answer, once. With an `Idempotency-Key`, the same request
        within 24 hours is answered with the same endpoint and secret. It takes the scopes that
        read what these events are about, too: `generations:read`, `keys:read` and
        `purchases:read` for all of them.

        Scope: `webhooks:write`.

        Args:
            url: An `https` address on the public internet.
            description: What it is for, in your own words.
            events: The types of events to send; all, if absent.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/webhook-endpoints",
            CreatedWebhookEndpoint,
            body={"url": url, "description": description, "events": events},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[WebhookEndpoint]:
        """List webhook endpoints.

        Newest first, without their secrets.

        Scope: `webhooks:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/webhook-endpoints",
            PageBody[WebhookEndpoint],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(self, id: str, *, options: Options | None = None) -> WebhookEndpoint:
        """Get a webhook endpoint.

        Scope: `webhooks:read`.

        Args:
            id: The endpoint's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/webhook-endpoints/{segment(id)}", WebhookEndpoint, options=options)
        return await self._transport.send(call)

    async def update(
        self,
        id: str,
        *,
        url: str | Omit = OMIT,
        description: str | Omit = OMIT,
        events: Sequence[EventType] | Omit = OMIT,
        enabled: bool | Omit = OMIT,
        options: Options | None = None,
    ) -> WebhookEndpoint:
        """Update a webhook endpoint.

        What is absent stays. Another `url`, or other `events`, take the scopes that an endpoint
        for them takes. One that we disabled is enabled again with `enabled: true`. What happened
        while it was disabled is not sent by itself: replay that range.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            url: An `https` address on the public internet.
            events: The types of events to send; none: all.
            enabled: `false` stops sending; `true` begins again, with what still waits and what
                happens from then on.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PATCH",
            f"/v1/webhook-endpoints/{segment(id)}",
            WebhookEndpoint,
            body={"url": url, "description": description, "events": events, "enabled": enabled},
            options=options,
        )
        return await self._transport.send(call)

    async def delete(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """Delete a webhook endpoint.

        It is sent nothing more, not even what waits.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", f"/v1/webhook-endpoints/{segment(id)}", ResponseInfo, options=options)
        return await self._transport.send(call)

    async def rotate_secret(
        self,
        id: str,
        *,
        grace_seconds: int | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedWebhookEndpoint:
        """Rotate a webhook endpoint's secret.

        The answer has the new secret, once. For `grace_seconds` everything is signed with both,
        so that you can change over without losing an event. At most two secrets sign at a time:
        if you rotate again within the grace, the oldest signs no more.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            grace_seconds: For how long the old secret signs too: up to 7 days.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-endpoints/{segment(id)}/rotate-secret",
            CreatedWebhookEndpoint,
            body={"grace_seconds": grace_seconds},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def test(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookEndpoint:
        """Send a test event.

        Posts an event of the type `webhook_endpoint.test` to this endpoint; its deliveries say
        what became of it.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-endpoints/{segment(id)}/test",
            WebhookEndpoint,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    def deliveries(
        self,
        id: str,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[WebhookDelivery]:
        """List an endpoint's deliveries.

        What was sent to it in the last 30 days, newest first, and what became of it.

        Scope: `webhooks:read`.

        Args:
            id: The endpoint's id.
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/webhook-endpoints/{segment(id)}/deliveries",
            PageBody[WebhookDelivery],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def replay(
        self,
        id: str,
        *,
        event_id: str | Omit = OMIT,
        after: datetime | str | Omit = OMIT,
        before: datetime | str | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookReplay:
        """Send events again.

        One event by `event_id`, or all that the endpoint wants of a range of times, whether they
        arrived before or not. They come with the ids that they had. One event takes the scope
        that reads what it is about, too.

        Scope: `webhooks:write`.

        Args:
            id: The endpoint's id.
            event_id: One event, whether the endpoint wanted it or not.
            after: Or all events that the endpoint wants from this time on,
            before: until before this time; until now, if absent.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/webhook-endpoints/{segment(id)}/replay",
            WebhookReplay,
            body={"event_id": event_id, "after": after, "before": before},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def default_secret(self, *, options: Options | None = None) -> WebhookSecret:
        """Get the secret for `webhook_url`.

        It signs what is sent to the `webhook_url` of a request for a generation or a batch, in
        this mode. Endpoints have secrets of their own.

        Scope: `webhooks:write`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/webhook-endpoints/default-secret", WebhookSecret, options=options)
        return await self._transport.send(call)

    async def rotate_default_secret(
        self,
        *,
        grace_seconds: int | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> WebhookSecret:
        """Rotate the secret for `webhook_url`.

        The answer has the new secret; unlike an endpoint's, it can be read again. For
        `grace_seconds`, what is sent to a `webhook_url` is signed with both, so that you can
        change over without losing an event. At most two secrets sign at a time: if you rotate
        again within the grace, the oldest signs no more.

        Scope: `webhooks:write`.

        Args:
            grace_seconds: For how long the old secret signs too: up to 7 days.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/webhook-endpoints/default-secret/rotate",
            WebhookSecret,
            body={"grace_seconds": grace_seconds},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)
