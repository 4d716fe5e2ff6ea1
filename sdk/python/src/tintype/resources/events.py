# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.events`"""

from __future__ import annotations

from datetime import datetime

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import EventType
from ..types.objects import Event


class EventsResource:
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
        after: str | Omit = OMIT,
        type: EventType | Omit = OMIT,
        subject: str | Omit = OMIT,
        created_after: datetime | str | Omit = OMIT,
        created_before: datetime | str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[Event]:
        """List events.

        What happened in the last 30 days, newest first. An event is here moments after it
        happened, once it has its place in the order in which all are sent and pulled.

        To miss nothing without receiving webhooks, pull: keep the id of the last event that you
        handled and ask with `after`. Then the answer is oldest first and goes on exactly where
        you were; no event ever appears before one that you were given already. Ask again with
        the last id of the answer, at once while `has_more` is true, and after a pause when it is
        not. To begin, take the id of the newest event.

        Scope: `webhooks:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            after: Only those that came after this event, oldest first. Not together with a
                range of times.
            type: Only those of this type.
            subject: Only those of the generation, batch, key, purchase or endpoint with this
                id.
            created_after: Only those from this time on.
            created_before: Only those before this time.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/events",
            PageBody[Event],
            query={
                "limit": limit,
                "cursor": cursor,
                "after": after,
                "type": type,
                "subject": subject,
                "created_after": created_after,
                "created_before": created_before,
            },
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(self, id: str, *, options: Options | None = None) -> Event:
        """Get an event.

        With fresh links to what was made. Credentials without the scope that reads what the
        event is about (`generations:read`, `keys:read` or `purchases:read`) see the `id` and
        `status` of it alone.

        Scope: `webhooks:read`.

        Args:
            id: The event's id, or the `webhook-id` of what you received.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/events/{segment(id)}", Event, options=options)
        return self._transport.send(call)


class AsyncEventsResource:
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
        after: str | Omit = OMIT,
        type: EventType | Omit = OMIT,
        subject: str | Omit = OMIT,
        created_after: datetime | str | Omit = OMIT,
        created_before: datetime | str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[Event]:
        """List events.

        What happened in the last 30 days, newest first. An event is here moments after it
        happened, once it has its place in the order in which all are sent and pulled.

        To miss nothing without receiving webhooks, pull: keep the id of the last event that you
        handled and ask with `after`. Then the answer is oldest first and goes on exactly where
        you were; no event ever appears before one that you were given already. Ask again with
        the last id of the answer, at once while `has_more` is true, and after a pause when it is
        not. To begin, take the id of the newest event.

        Scope: `webhooks:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            after: Only those that came after this event, oldest first. Not together with a
                range of times.
            type: Only those of this type.
            subject: Only those of the generation, batch, key, purchase or endpoint with this
                id.
            created_after: Only those from this time on.
            created_before: Only those before this time.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/events",
            PageBody[Event],
            query={
                "limit": limit,
                "cursor": cursor,
                "after": after,
                "type": type,
                "subject": subject,
                "created_after": created_after,
                "created_before": created_before,
            },
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(self, id: str, *, options: Options | None = None) -> Event:
        """Get an event.

        With fresh links to what was made. Credentials without the scope that reads what the
        event is about (`generations:read`, `keys:read` or `purchases:read`) see the `id` and
        `status` of it alone.

        Scope: `webhooks:read`.

        Args:
            id: The event's id, or the `webhook-id` of what you received.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/events/{segment(id)}", Event, options=options)
        return await self._transport.send(call)
