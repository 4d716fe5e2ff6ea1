# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.generations`"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.waiting import Wait
from .._core.wire import segment
from ..types.enums import Credits, GenerationKind, GenerationStatus
from ..types.objects import Generation
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
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
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
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
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
                "metadata": metadata,
                "end_user": end_user,
                "saved": saved,
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
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
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
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
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
            metadata=metadata,
            end_user=end_user,
            saved=saved,
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
        end_user: str | Omit = OMIT,
        created_after: datetime | str | Omit = OMIT,
        created_before: datetime | str | Omit = OMIT,
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
            end_user: Only those for this end user.
            created_after: Only those created at this time or later.
            created_before: Only those created before this time.
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
                "end_user": end_user,
                "created_after": created_after,
                "created_before": created_before,
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

    def cancel(self, id: str, *, options: Options | None = None) -> Generation:
        """Cancel a generation.

        One that waits is canceled at once and the provider is never called. One that runs is
        asked to stop (`cancel_requested_at`), where the model can; otherwise the answer is 409
        `not_cancelable`. One that has ended is returned unchanged. What is canceled costs
        nothing.

        Scope: `generations:write`.

        Args:
            id: The generation's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", f"/v1/generations/{segment(id)}/cancel", Generation, options=options)
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
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
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
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
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
                "metadata": metadata,
                "end_user": end_user,
                "saved": saved,
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
        metadata: Mapping[str, str] | Omit = OMIT,
        end_user: str | Omit = OMIT,
        saved: bool | Omit = OMIT,
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
            metadata: Your own data: up to 50 keys with texts of up to 500 characters. You get
                it back and can filter by it.
            end_user: Your own stable name for the person on whose behalf you ask; a pseudonym
                will do.
            saved: Keep the outputs beyond the operator's usual time.
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
            metadata=metadata,
            end_user=end_user,
            saved=saved,
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
        end_user: str | Omit = OMIT,
        created_after: datetime | str | Omit = OMIT,
        created_before: datetime | str | Omit = OMIT,
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
            end_user: Only those for this end user.
            created_after: Only those created at this time or later.
            created_before: Only those created before this time.
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
                "end_user": end_user,
                "created_after": created_after,
                "created_before": created_before,
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

    async def cancel(self, id: str, *, options: Options | None = None) -> Generation:
        """Cancel a generation.

        One that waits is canceled at once and the provider is never called. One that runs is
        asked to stop (`cancel_requested_at`), where the model can; otherwise the answer is 409
        `not_cancelable`. One that has ended is returned unchanged. What is canceled costs
        nothing.

        Scope: `generations:write`.

        Args:
            id: The generation's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", f"/v1/generations/{segment(id)}/cancel", Generation, options=options)
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
