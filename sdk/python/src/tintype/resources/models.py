# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.models`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import Model, Models


class ModelsResource:
    """What can be made, by whom, where and for how much. Models are configuration: ask for the
    list instead of writing it down.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, options: Options | None = None) -> Models:
        """List models.

        All models on offer, with the schema of their input, their prices, how long they take
        here and, where it was announced, when they end. Needs no key. Send the `ETag` back as
        `If-None-Match` to learn cheaply that nothing changed.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/models", Models, auth="none", options=options)
        return self._transport.send(call)

    def get(self, id: str, *, options: Options | None = None) -> Model:
        """Get a model.

        One model by its id or an alias, even past its end: `shutdown_at` says when that was.
        Needs no key.

        Args:
            id: The model's id or an alias.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/models/{segment(id)}", Model, auth="none", options=options)
        return self._transport.send(call)


class AsyncModelsResource:
    """What can be made, by whom, where and for how much. Models are configuration: ask for the
    list instead of writing it down.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, *, options: Options | None = None) -> Models:
        """List models.

        All models on offer, with the schema of their input, their prices, how long they take
        here and, where it was announced, when they end. Needs no key. Send the `ETag` back as
        `If-None-Match` to learn cheaply that nothing changed.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/models", Models, auth="none", options=options)
        return await self._transport.send(call)

    async def get(self, id: str, *, options: Options | None = None) -> Model:
        """Get a model.

        One model by its id or an alias, even past its end: `shutdown_at` says when that was.
        Needs no key.

        Args:
            id: The model's id or an alias.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/models/{segment(id)}", Model, auth="none", options=options)
        return await self._transport.send(call)
