# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.estimates`"""

from __future__ import annotations

from collections.abc import Sequence

from .._core.call import Call, Options
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import Estimate
from ..types.params import CreateGenerationParam


class EstimatesResource:
    """What generations would cost, line by line, before any is made; and a price that holds for
    a quarter of an hour.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        generations: Sequence[CreateGenerationParam],
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Estimate:
        """Estimate generations.

        Checks and prices up to 100 generations exactly as creating them would, and makes none.
        For each it says the least and the most that it costs, how the price comes about, and as
        `blockers` every reason for which it would be refused: an unknown model, input that the
        model does not take, credits that don't suffice, a cap of the key, the operator's rules.
        Credits are counted in the order of the request.

        Send the estimate's id as `estimate_id` with `POST /v1/generations` within 15 minutes,
        and the generation is priced as it was estimated, whatever the prices are by then.

        Scope: `generations:write`.

        Args:
            generations: Bodies as for `POST /v1/generations`.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/estimates",
            Estimate,
            body={"generations": generations},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def get(self, id: str, *, options: Options | None = None) -> Estimate:
        """Get an estimate.

        As it was answered when it was made. It is kept for a day.

        Scope: `generations:read`.

        Args:
            id: The estimate's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/estimates/{segment(id)}", Estimate, options=options)
        return self._transport.send(call)


class AsyncEstimatesResource:
    """What generations would cost, line by line, before any is made; and a price that holds for
    a quarter of an hour.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        generations: Sequence[CreateGenerationParam],
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Estimate:
        """Estimate generations.

        Checks and prices up to 100 generations exactly as creating them would, and makes none.
        For each it says the least and the most that it costs, how the price comes about, and as
        `blockers` every reason for which it would be refused: an unknown model, input that the
        model does not take, credits that don't suffice, a cap of the key, the operator's rules.
        Credits are counted in the order of the request.

        Send the estimate's id as `estimate_id` with `POST /v1/generations` within 15 minutes,
        and the generation is priced as it was estimated, whatever the prices are by then.

        Scope: `generations:write`.

        Args:
            generations: Bodies as for `POST /v1/generations`.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/estimates",
            Estimate,
            body={"generations": generations},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def get(self, id: str, *, options: Options | None = None) -> Estimate:
        """Get an estimate.

        As it was answered when it was made. It is kept for a day.

        Scope: `generations:read`.

        Args:
            id: The estimate's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/estimates/{segment(id)}", Estimate, options=options)
        return await self._transport.send(call)
