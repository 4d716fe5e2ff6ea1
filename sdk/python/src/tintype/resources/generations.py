# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.generations`"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.streaming import AsyncStream, Stream, open_async_stream, open_stream
from .._core.transport import AsyncTransport, Transport
from .._core.waiting import Wait
from .._core.wire import segment
from ..types.enums import Credits, EventType, GenerationKind, GenerationStatus
from ..types.objects import Generation, GenerationEvent
from ..types.params import GenerationInputParam


class GenerationsResource:
    """Images, videos, speech and text. A generation is accepted at once, made in the background,
    and costs nothing unless it succeeds.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        model: str,
        input: GenerationInputParam,
        max_cost: Credits | Omit = OMIT,
        deadline: datetime | str | Omit = OMIT,
        regions: Sequence[str] | Omit = OMIT,
        webhook_url: str | Omit = OMIT,
        webhook_events: Sequence[EventType] | Omit = OMIT,
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
        estimate_id: str | Omit = OMIT,
        wait: float | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Generation:
        """Create a generation.

        Checks the input against the model's schema, prices it, sets the credits aside and queues
        it; the answer comes as soon as that is durable. You are charged when it succeeds, for
        what it made; a failure, refusal, timeout or cancellation costs nothing.

        Send `Idempotency-Key` with a value of your own and repeat the request as often as you
        like: it is done and charged once, and every repetition gets the same generation with
        `Idempotent-Replayed: true`. Keys are remembered for 24 hours.

        With `validate_only` nothing is made: the answer is 200 with what it would cost, or the
        error that it would meet. With `estimate_id` it is priced as it was estimated.

        With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) and is 201
        if the generation ended, with its outputs.

        Scope: `generations:write`.

        Args:
            model: Id or alias of a model; `GET /v1/models` lists them.
            input: What the model is given: one flat object. `GET /v1/models/{id}` says which of
                these fields a model takes, and their bounds.
            max_cost: Refuse the request if it could cost more than this.
            deadline: Expire, uncharged, what has not ended by then.
            regions: ISO 3166 codes of the countries in which it may be processed; others are
                refused.
            webhook_url: An `https` address to which this generation's events are sent, besides
                your endpoints; signed with the secret of `GET
                /v1/webhook-endpoints/default-secret`. It takes the scope `generations:read`, too.
            webhook_events: The types that `webhook_url` is sent; how it ended, if absent.
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
            estimate_id: An estimate of the last 15 minutes: it is priced as it was estimated,
                whatever the prices are by now.
            wait: For up to how many seconds the server waits for the end before it answers; 60
                at most.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/generations",
            Generation,
            body={
                "model": model,
                "input": input,
                "max_cost": max_cost,
                "deadline": deadline,
                "regions": regions,
                "webhook_url": webhook_url,
                "webhook_events": webhook_events,
                "metadata": metadata,
                "end_user": end_user,
                "saved": saved,
                "estimate_id": estimate_id,
            },
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            wait=wait,
            options=options,
        )
        return self._transport.send(call)

    def create_and_wait(
        self,
        *,
        model: str,
        input: GenerationInputParam,
        max_cost: Credits | Omit = OMIT,
        deadline: datetime | str | Omit = OMIT,
        regions: Sequence[str] | Omit = OMIT,
        webhook_url: str | Omit = OMIT,
        webhook_events: Sequence[EventType] | Omit = OMIT,
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
        estimate_id: str | Omit = OMIT,
        wait_timeout: float | None = None,
        on_progress: Callable[[Generation], object] | None = None,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Generation:
        """The same as `create`, and then wait until it has ended.

        However it ended: look at its `status`.

        Args:
            model: Id or alias of a model; `GET /v1/models` lists them.
            input: What the model is given: one flat object. `GET /v1/models/{id}` says which of
                these fields a model takes, and their bounds.
            max_cost: Refuse the request if it could cost more than this.
            deadline: Expire, uncharged, what has not ended by then.
            regions: ISO 3166 codes of the countries in which it may be processed; others are
                refused.
            webhook_url: An `https` address to which this generation's events are sent, besides
                your endpoints; signed with the secret of `GET
                /v1/webhook-endpoints/default-secret`. It takes the scope `generations:read`, too.
            webhook_events: The types that `webhook_url` is sent; how it ended, if absent.
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
            estimate_id: An estimate of the last 15 minutes: it is priced as it was estimated,
                whatever the prices are by now.
            wait_timeout: After how many seconds to give up with a `WaitTimeoutError`.
            on_progress: Told how it stands whenever that was looked at.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        wait = Wait(_has_ended, wait_timeout, on_progress)
        made = self.create(
            model=model,
            input=input,
            max_cost=max_cost,
            deadline=deadline,
            regions=regions,
            webhook_url=webhook_url,
            webhook_events=webhook_events,
            metadata=metadata,
            end_user=end_user,
            saved=saved,
            estimate_id=estimate_id,
            wait=wait.seconds(),
            idempotency_key=idempotency_key,
            options=options,
        )
        look = _look(made.id, options)
        return self._transport.run(wait.until_end(self._transport.settings, look, made))

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        status: GenerationStatus | Omit = OMIT,
        model: str | Omit = OMIT,
        kind: GenerationKind | Omit = OMIT,
        key_id: str | Omit = OMIT,
        batch_id: str | Omit = OMIT,
        end_user: str | Omit = OMIT,
        created_after: datetime | str | Omit = OMIT,
        created_before: datetime | str | Omit = OMIT,
        metadata: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[Generation]:
        """List generations.

        Newest first. All filters must hold. A page costs the same however many generations there
        are.

        Scope: `generations:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            status: Only those in this state.
            model: Only those that ran this model.
            kind: Only those of this kind.
            key_id: Only those that this key asked for.
            batch_id: Only those of this batch.
            end_user: Only those for this end user.
            created_after: Only those created at this time or later.
            created_before: Only those created before this time.
            metadata: Only those whose metadata have this key with this text: `key:text`, as in
                `order:1042`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/generations",
            PageBody[Generation],
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "model": model,
                "kind": kind,
                "key_id": key_id,
                "batch_id": batch_id,
                "end_user": end_user,
                "created_after": created_after,
                "created_before": created_before,
                "metadata": metadata,
            },
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(
        self,
        id: str,
        *,
        wait: float | Omit = OMIT,
        options: Options | None = None,
    ) -> Generation:
        """Get a generation.

        With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) for the
        generation to end. Links in `outputs` are fresh each time.

        Scope: `generations:read`.

        Args:
            id: The generation's id.
            wait: For up to how many seconds the server waits for the end before it answers; 60
                at most.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/generations/{segment(id)}", Generation, wait=wait, options=options)
        return self._transport.send(call)

    def delete(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """Erase a generation.

        Removes prompt, inputs, outputs and your own data for good. What remains is a tombstone
        without content, for the books. Only what has ended can be erased: cancel it first.
        Repeating it changes nothing.

        Scope: `generations:write`.

        Args:
            id: The generation's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", f"/v1/generations/{segment(id)}", ResponseInfo, options=options)
        return self._transport.send(call)

    def events(self, id: str, *, options: Options | None = None) -> Stream[GenerationEvent]:
        """Follow a generation.

        A stream of server-sent events: what it has come through so far, then what happens, until
        it ends; then the stream ends. Each event carries the generation as it stands, the last
        one its outputs.

        An event's id is its step: 1 queued, 2 running, 3 ended. If the line is lost, come back
        with the last id in `Last-Event-ID`, as our clients do by themselves: you get what you
        missed and nothing twice, even from a server that was restarted. Progress in between has
        no id. Hanging up cancels nothing. A comment line every 15 seconds shows that the line is
        alive.

        Scope: `generations:read`.

        Args:
            id: The generation's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/generations/{segment(id)}/events", ResponseInfo, options=options)
        events: TypeAdapter[GenerationEvent] = TypeAdapter(GenerationEvent)
        return open_stream(self._transport, call, events)

    def cancel(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Generation:
        """Cancel a generation.

        One that waits is canceled at once and the provider is never called. One that runs is
        asked to stop (`cancel_requested_at`), where the model can; otherwise the answer is 409
        `not_cancelable`. One that has ended is returned unchanged. What is canceled costs
        nothing.

        Scope: `generations:write`.

        Args:
            id: The generation's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/generations/{segment(id)}/cancel",
            Generation,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def wait(
        self,
        id: str,
        *,
        wait_timeout: float | None = None,
        on_progress: Callable[[Generation], object] | None = None,
        options: Options | None = None,
    ) -> Generation:
        """Wait until it has ended, in whichever way: look at its `status` then.

        Args:
            id: What to wait for. It goes on when you stop waiting.
            wait_timeout: After how many seconds to give up with a `WaitTimeoutError`.
            on_progress: Told how it stands whenever that was looked at.
            options: What this call does differently: timeout, retries, headers.
        """
        wait = Wait(_has_ended, wait_timeout, on_progress)
        look = _look(id, options)
        return self._transport.run(wait.until_end(self._transport.settings, look))


class AsyncGenerationsResource:
    """Images, videos, speech and text. A generation is accepted at once, made in the background,
    and costs nothing unless it succeeds.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        model: str,
        input: GenerationInputParam,
        max_cost: Credits | Omit = OMIT,
        deadline: datetime | str | Omit = OMIT,
        regions: Sequence[str] | Omit = OMIT,
        webhook_url: str | Omit = OMIT,
        webhook_events: Sequence[EventType] | Omit = OMIT,
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
        estimate_id: str | Omit = OMIT,
        wait: float | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Generation:
        """Create a generation.

        Checks the input against the model's schema, prices it, sets the credits aside and queues
        it; the answer comes as soon as that is durable. You are charged when it succeeds, for
        what it made; a failure, refusal, timeout or cancellation costs nothing.

        Send `Idempotency-Key` with a value of your own and repeat the request as often as you
        like: it is done and charged once, and every repetition gets the same generation with
        `Idempotent-Replayed: true`. Keys are remembered for 24 hours.

        With `validate_only` nothing is made: the answer is 200 with what it would cost, or the
        error that it would meet. With `estimate_id` it is priced as it was estimated.

        With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) and is 201
        if the generation ended, with its outputs.

        Scope: `generations:write`.

        Args:
            model: Id or alias of a model; `GET /v1/models` lists them.
            input: What the model is given: one flat object. `GET /v1/models/{id}` says which of
                these fields a model takes, and their bounds.
            max_cost: Refuse the request if it could cost more than this.
            deadline: Expire, uncharged, what has not ended by then.
            regions: ISO 3166 codes of the countries in which it may be processed; others are
                refused.
            webhook_url: An `https` address to which this generation's events are sent, besides
                your endpoints; signed with the secret of `GET
                /v1/webhook-endpoints/default-secret`. It takes the scope `generations:read`, too.
            webhook_events: The types that `webhook_url` is sent; how it ended, if absent.
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
            estimate_id: An estimate of the last 15 minutes: it is priced as it was estimated,
                whatever the prices are by now.
            wait: For up to how many seconds the server waits for the end before it answers; 60
                at most.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/generations",
            Generation,
            body={
                "model": model,
                "input": input,
                "max_cost": max_cost,
                "deadline": deadline,
                "regions": regions,
                "webhook_url": webhook_url,
                "webhook_events": webhook_events,
                "metadata": metadata,
                "end_user": end_user,
                "saved": saved,
                "estimate_id": estimate_id,
            },
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            wait=wait,
            options=options,
        )
        return await self._transport.send(call)

    async def create_and_wait(
        self,
        *,
        model: str,
        input: GenerationInputParam,
        max_cost: Credits | Omit = OMIT,
        deadline: datetime | str | Omit = OMIT,
        regions: Sequence[str] | Omit = OMIT,
        webhook_url: str | Omit = OMIT,
        webhook_events: Sequence[EventType] | Omit = OMIT,
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
        estimate_id: str | Omit = OMIT,
        wait_timeout: float | None = None,
        on_progress: Callable[[Generation], object] | None = None,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Generation:
        """The same as `create`, and then wait until it has ended.

        However it ended: look at its `status`.

        Args:
            model: Id or alias of a model; `GET /v1/models` lists them.
            input: What the model is given: one flat object. `GET /v1/models/{id}` says which of
                these fields a model takes, and their bounds.
            max_cost: Refuse the request if it could cost more than this.
            deadline: Expire, uncharged, what has not ended by then.
            regions: ISO 3166 codes of the countries in which it may be processed; others are
                refused.
            webhook_url: An `https` address to which this generation's events are sent, besides
                your endpoints; signed with the secret of `GET
                /v1/webhook-endpoints/default-secret`. It takes the scope `generations:read`, too.
            webhook_events: The types that `webhook_url` is sent; how it ended, if absent.
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
            estimate_id: An estimate of the last 15 minutes: it is priced as it was estimated,
                whatever the prices are by now.
            wait_timeout: After how many seconds to give up with a `WaitTimeoutError`.
            on_progress: Told how it stands whenever that was looked at.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        wait = Wait(_has_ended, wait_timeout, on_progress)
        made = await self.create(
            model=model,
            input=input,
            max_cost=max_cost,
            deadline=deadline,
            regions=regions,
            webhook_url=webhook_url,
            webhook_events=webhook_events,
            metadata=metadata,
            end_user=end_user,
            saved=saved,
            estimate_id=estimate_id,
            wait=wait.seconds(),
            idempotency_key=idempotency_key,
            options=options,
        )
        look = _look(made.id, options)
        return await self._transport.run(wait.until_end(self._transport.settings, look, made))

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        status: GenerationStatus | Omit = OMIT,
        model: str | Omit = OMIT,
        kind: GenerationKind | Omit = OMIT,
        key_id: str | Omit = OMIT,
        batch_id: str | Omit = OMIT,
        end_user: str | Omit = OMIT,
        created_after: datetime | str | Omit = OMIT,
        created_before: datetime | str | Omit = OMIT,
        metadata: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[Generation]:
        """List generations.

        Newest first. All filters must hold. A page costs the same however many generations there
        are.

        Scope: `generations:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            status: Only those in this state.
            model: Only those that ran this model.
            kind: Only those of this kind.
            key_id: Only those that this key asked for.
            batch_id: Only those of this batch.
            end_user: Only those for this end user.
            created_after: Only those created at this time or later.
            created_before: Only those created before this time.
            metadata: Only those whose metadata have this key with this text: `key:text`, as in
                `order:1042`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/generations",
            PageBody[Generation],
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "model": model,
                "kind": kind,
                "key_id": key_id,
                "batch_id": batch_id,
                "end_user": end_user,
                "created_after": created_after,
                "created_before": created_before,
                "metadata": metadata,
            },
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(
        self,
        id: str,
        *,
        wait: float | Omit = OMIT,
        options: Options | None = None,
    ) -> Generation:
        """Get a generation.

        With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) for the
        generation to end. Links in `outputs` are fresh each time.

        Scope: `generations:read`.

        Args:
            id: The generation's id.
            wait: For up to how many seconds the server waits for the end before it answers; 60
                at most.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/generations/{segment(id)}", Generation, wait=wait, options=options)
        return await self._transport.send(call)

    async def delete(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """Erase a generation.

        Removes prompt, inputs, outputs and your own data for good. What remains is a tombstone
        without content, for the books. Only what has ended can be erased: cancel it first.
        Repeating it changes nothing.

        Scope: `generations:write`.

        Args:
            id: The generation's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", f"/v1/generations/{segment(id)}", ResponseInfo, options=options)
        return await self._transport.send(call)

    async def events(
        self,
        id: str,
        *,
        options: Options | None = None,
    ) -> AsyncStream[GenerationEvent]:
        """Follow a generation.

        A stream of server-sent events: what it has come through so far, then what happens, until
        it ends; then the stream ends. Each event carries the generation as it stands, the last
        one its outputs.

        An event's id is its step: 1 queued, 2 running, 3 ended. If the line is lost, come back
        with the last id in `Last-Event-ID`, as our clients do by themselves: you get what you
        missed and nothing twice, even from a server that was restarted. Progress in between has
        no id. Hanging up cancels nothing. A comment line every 15 seconds shows that the line is
        alive.

        Scope: `generations:read`.

        Args:
            id: The generation's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/generations/{segment(id)}/events", ResponseInfo, options=options)
        events: TypeAdapter[GenerationEvent] = TypeAdapter(GenerationEvent)
        return await open_async_stream(self._transport, call, events)

    async def cancel(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Generation:
        """Cancel a generation.

        One that waits is canceled at once and the provider is never called. One that runs is
        asked to stop (`cancel_requested_at`), where the model can; otherwise the answer is 409
        `not_cancelable`. One that has ended is returned unchanged. What is canceled costs
        nothing.

        Scope: `generations:write`.

        Args:
            id: The generation's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/generations/{segment(id)}/cancel",
            Generation,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def wait(
        self,
        id: str,
        *,
        wait_timeout: float | None = None,
        on_progress: Callable[[Generation], object] | None = None,
        options: Options | None = None,
    ) -> Generation:
        """Wait until it has ended, in whichever way: look at its `status` then.

        Args:
            id: What to wait for. It goes on when you stop waiting.
            wait_timeout: After how many seconds to give up with a `WaitTimeoutError`.
            on_progress: Told how it stands whenever that was looked at.
            options: What this call does differently: timeout, retries, headers.
        """
        wait = Wait(_has_ended, wait_timeout, on_progress)
        look = _look(id, options)
        return await self._transport.run(wait.until_end(self._transport.settings, look))


def _has_ended(it: Generation) -> bool:
    return it.ended


def _look(id: str, options: Options | None) -> Callable[[float], Call[Generation]]:
    """Asks how it stands; the server may hold the answer back for some seconds."""

    def look(seconds: float) -> Call[Generation]:
        return Call(
            "GET",
            f"/v1/generations/{segment(id)}",
            Generation,
            wait=seconds,
            options=options,
        )

    return look
