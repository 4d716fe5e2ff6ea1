# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.batches`"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._core.call import Call, Options
from .._core.downloads import AsyncDownload, Download
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import Credits, EventType
from ..types.objects import Batch, BatchResult
from ..types.params import BatchGenerationParam


class BatchesResource:
    """Many generations at once: accepted together, held for together, told of together."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        generations: Sequence[BatchGenerationParam],
        max_cost: Credits | Omit = OMIT,
        webhook_url: str | Omit = OMIT,
        webhook_events: Sequence[EventType] | Omit = OMIT,
        metadata: Mapping[str, str] | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Batch:
        """Create a batch.

        Up to 1,000 generations with one request: all of them are accepted, or none. Each is
        checked like one of `POST /v1/generations`; if any is refused, `errors` names the places
        (`/generations/17/input/prompt`) and nothing is begun. The credits for all are set aside
        at once.

        The generations run side by side with your others, and yours by turns with everybody
        else's: a large batch keeps nobody waiting. They begin as fast as the limits of the key
        and the account on generations under way allow, and leave a quarter of those to what you
        ask for one by one. Batches that have not ended may be 20 at a time unless the operator
        says otherwise. Each generation succeeds or fails, and is charged, by itself.

        `webhook_url` is told when all have ended (`batch.ended`); with `webhook_events` also
        what happens to each.

        Scope: `generations:write`.

        Args:
            generations: What to make, one by one: the bodies of `POST /v1/generations`, each
                with a `reference` if you like.
            max_cost: Refuse the batch if all of it together could cost more than this.
            webhook_url: An `https` address to which this batch's events are sent, besides your
                endpoints; signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It
                takes the scope `generations:read`, too.
            webhook_events: The types that `webhook_url` is sent; `batch.ended`, if absent.
                Types of generations are sent of each that has no `webhook_url` of its own.
            metadata: Your own data about the batch: up to 50 keys with texts of up to 500
                characters.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/batches",
            Batch,
            body={
                "generations": generations,
                "max_cost": max_cost,
                "webhook_url": webhook_url,
                "webhook_events": webhook_events,
                "metadata": metadata,
            },
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
    ) -> Page[Batch]:
        """List batches.

        Newest first.

        Scope: `generations:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/batches",
            PageBody[Batch],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(self, id: str, *, options: Options | None = None) -> Batch:
        """Get a batch.

        How far it is, by counts, and what it has cost so far.

        Scope: `generations:read`.

        Args:
            id: The batch's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/batches/{segment(id)}", Batch, options=options)
        return self._transport.send(call)

    def cancel(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Batch:
        """Cancel a batch.

        What waits is canceled, what runs is asked to stop where its model can; it takes a
        moment, during which the status is `canceling`. What has ended stays, and stays charged.
        A batch that has ended is returned unchanged.

        Scope: `generations:write`.

        Args:
            id: The batch's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/batches/{segment(id)}/cancel",
            Batch,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def results(
        self,
        id: str,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[BatchResult]:
        """List a batch's results.

        Each generation as it stands, in the order of the request.

        Scope: `generations:read`.

        Args:
            id: The batch's id.
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/batches/{segment(id)}/results",
            PageBody[BatchResult],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def download_results(self, id: str, *, options: Options | None = None) -> Download:
        """Download a batch's results.

        All results as lines of JSON (`application/x-ndjson`): one generation a line, as it
        stands, in the order of the request.

        Scope: `generations:read`.

        Args:
            id: The batch's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/batches/{segment(id)}/results.ndjson",
            ResponseInfo,
            accept="*/*",
            options=options,
        )
        return Download.open(self._transport, call)


class AsyncBatchesResource:
    """Many generations at once: accepted together, held for together, told of together."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        generations: Sequence[BatchGenerationParam],
        max_cost: Credits | Omit = OMIT,
        webhook_url: str | Omit = OMIT,
        webhook_events: Sequence[EventType] | Omit = OMIT,
        metadata: Mapping[str, str] | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Batch:
        """Create a batch.

        Up to 1,000 generations with one request: all of them are accepted, or none. Each is
        checked like one of `POST /v1/generations`; if any is refused, `errors` names the places
        (`/generations/17/input/prompt`) and nothing is begun. The credits for all are set aside
        at once.

        The generations run side by side with your others, and yours by turns with everybody
        else's: a large batch keeps nobody waiting. They begin as fast as the limits of the key
        and the account on generations under way allow, and leave a quarter of those to what you
        ask for one by one. Batches that have not ended may be 20 at a time unless the operator
        says otherwise. Each generation succeeds or fails, and is charged, by itself.

        `webhook_url` is told when all have ended (`batch.ended`); with `webhook_events` also
        what happens to each.

        Scope: `generations:write`.

        Args:
            generations: What to make, one by one: the bodies of `POST /v1/generations`, each
                with a `reference` if you like.
            max_cost: Refuse the batch if all of it together could cost more than this.
            webhook_url: An `https` address to which this batch's events are sent, besides your
                endpoints; signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It
                takes the scope `generations:read`, too.
            webhook_events: The types that `webhook_url` is sent; `batch.ended`, if absent.
                Types of generations are sent of each that has no `webhook_url` of its own.
            metadata: Your own data about the batch: up to 50 keys with texts of up to 500
                characters.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/batches",
            Batch,
            body={
                "generations": generations,
                "max_cost": max_cost,
                "webhook_url": webhook_url,
                "webhook_events": webhook_events,
                "metadata": metadata,
            },
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
    ) -> AsyncPager[Batch]:
        """List batches.

        Newest first.

        Scope: `generations:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/batches",
            PageBody[Batch],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(self, id: str, *, options: Options | None = None) -> Batch:
        """Get a batch.

        How far it is, by counts, and what it has cost so far.

        Scope: `generations:read`.

        Args:
            id: The batch's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/batches/{segment(id)}", Batch, options=options)
        return await self._transport.send(call)

    async def cancel(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Batch:
        """Cancel a batch.

        What waits is canceled, what runs is asked to stop where its model can; it takes a
        moment, during which the status is `canceling`. What has ended stays, and stays charged.
        A batch that has ended is returned unchanged.

        Scope: `generations:write`.

        Args:
            id: The batch's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/batches/{segment(id)}/cancel",
            Batch,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    def results(
        self,
        id: str,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[BatchResult]:
        """List a batch's results.

        Each generation as it stands, in the order of the request.

        Scope: `generations:read`.

        Args:
            id: The batch's id.
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/batches/{segment(id)}/results",
            PageBody[BatchResult],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def download_results(self, id: str, *, options: Options | None = None) -> AsyncDownload:
        """Download a batch's results.

        All results as lines of JSON (`application/x-ndjson`): one generation a line, as it
        stands, in the order of the request.

        Scope: `generations:read`.

        Args:
            id: The batch's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/batches/{segment(id)}/results.ndjson",
            ResponseInfo,
            accept="*/*",
            options=options,
        )
        return await AsyncDownload.open(self._transport, call)
