# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.identities`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import Identities, Identity


class IdentitiesResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, options: Options | None = None) -> Identities:
        """List linked identities.

        Who the account's owner is at the providers that they sign in with, oldest first. Needs
        no scope.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/auth/oauth/identities", Identities, options=options)
        return self._transport.send(call)

    def create(self, *, code: str, code_verifier: str, options: Options | None = None) -> Identity:
        """Link an identity.

        Takes the code that the browser brought back after `oauth.link`, of the same account, and
        links the identity. It takes a session whose owner signed in or stepped up within the
        last 15 minutes. An identity belongs to one account, and an account has one of each
        provider.

        Args:
            code: The `code` in the address that the browser came back to.
            code_verifier: What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits
                and `-._~` (RFC 7636).
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/oauth/identities",
            Identity,
            body={"code": code, "code_verifier": code_verifier},
            options=options,
        )
        return self._transport.send(call)

    def delete(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """Unlink an identity.

        The provider's sign-in opens this account no more. The last way in can't be taken away:
        set a password or link another provider first. It takes a session whose owner signed in
        or stepped up within the last 15 minutes.

        Args:
            id: The identity's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "DELETE",
            f"/v1/auth/oauth/identities/{segment(id)}",
            ResponseInfo,
            options=options,
        )
        return self._transport.send(call)


class AsyncIdentitiesResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self, *, options: Options | None = None) -> Identities:
        """List linked identities.

        Who the account's owner is at the providers that they sign in with, oldest first. Needs
        no scope.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/auth/oauth/identities", Identities, options=options)
        return await self._transport.send(call)

    async def create(
        self,
        *,
        code: str,
        code_verifier: str,
        options: Options | None = None,
    ) -> Identity:
        """Link an identity.

        Takes the code that the browser brought back after `oauth.link`, of the same account, and
        links the identity. It takes a session whose owner signed in or stepped up within the
        last 15 minutes. An identity belongs to one account, and an account has one of each
        provider.

        Args:
            code: The `code` in the address that the browser came back to.
            code_verifier: What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits
                and `-._~` (RFC 7636).
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/oauth/identities",
            Identity,
            body={"code": code, "code_verifier": code_verifier},
            options=options,
        )
        return await self._transport.send(call)

    async def delete(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """Unlink an identity.

        The provider's sign-in opens this account no more. The last way in can't be taken away:
        set a password or link another provider first. It takes a session whose owner signed in
        or stepped up within the last 15 minutes.

        Args:
            id: The identity's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "DELETE",
            f"/v1/auth/oauth/identities/{segment(id)}",
            ResponseInfo,
            options=options,
        )
        return await self._transport.send(call)
