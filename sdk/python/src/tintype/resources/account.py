# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.account`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.transport import AsyncTransport, Transport
from ..types.objects import Account


class AccountResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Options | None = None) -> Account:
        """Get the account.

        The account that the credentials belong to. Needs no scope.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/account", Account, options=options)
        return self._transport.send(call)


class AsyncAccountResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, *, options: Options | None = None) -> Account:
        """Get the account.

        The account that the credentials belong to. Needs no scope.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/account", Account, options=options)
        return await self._transport.send(call)
