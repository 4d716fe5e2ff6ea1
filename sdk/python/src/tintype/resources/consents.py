# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.consents`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import Consent, Consents


class ConsentsResource:
    """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, options: Options | None = None) -> Consents:
        """List consents.

        All that the account's owner may agree to beyond what the service needs, and what they
        said. Nothing is agreed to by itself.

        Scope: `data_rights:read`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/consents", Consents, options=options)
        return self._transport.send(call)

    def get(self, purpose: str, *, options: Options | None = None) -> Consent:
        """Get a consent.

        What the owner said of one purpose, and each time before.

        Scope: `data_rights:read`.

        Args:
            purpose: Its name, such as `marketing`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/consents/{segment(purpose)}", Consent, options=options)
        return self._transport.send(call)

    def set(self, purpose: str, *, granted: bool, options: Options | None = None) -> Consent:
        """Give or withdraw a consent.

        Holds from now on and for the whole account; what was done before stays done. Withdrawing
        is as easy as giving, and news by mail end with the mails' own link, too. Needs a session
        or a live key.

        Scope: `data_rights:write`.

        Args:
            purpose: Its name, such as `marketing`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PUT",
            f"/v1/consents/{segment(purpose)}",
            Consent,
            body={"granted": granted},
            options=options,
        )
        return self._transport.send(call)


class AsyncConsentsResource:
    """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, *, options: Options | None = None) -> Consents:
        """List consents.

        All that the account's owner may agree to beyond what the service needs, and what they
        said. Nothing is agreed to by itself.

        Scope: `data_rights:read`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/consents", Consents, options=options)
        return await self._transport.send(call)

    async def get(self, purpose: str, *, options: Options | None = None) -> Consent:
        """Get a consent.

        What the owner said of one purpose, and each time before.

        Scope: `data_rights:read`.

        Args:
            purpose: Its name, such as `marketing`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/consents/{segment(purpose)}", Consent, options=options)
        return await self._transport.send(call)

    async def set(self, purpose: str, *, granted: bool, options: Options | None = None) -> Consent:
        """Give or withdraw a consent.

        Holds from now on and for the whole account; what was done before stays done. Withdrawing
        is as easy as giving, and news by mail end with the mails' own link, too. Needs a session
        or a live key.

        Scope: `data_rights:write`.

        Args:
            purpose: Its name, such as `marketing`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PUT",
            f"/v1/consents/{segment(purpose)}",
            Consent,
            body={"granted": granted},
            options=options,
        )
        return await self._transport.send(call)
