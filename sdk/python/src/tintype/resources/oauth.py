# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.oauth`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.transport import AsyncTransport, Transport
from ..types.objects import LinkBegun, OauthProviders, Session


class OauthResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def providers(self, *, options: Options | None = None) -> OauthProviders:
        """List sign-in providers.

        The providers that people can sign in with besides a password. To sign somebody in, your
        server makes a random `code_verifier`, keeps it, and redirects the browser to the
        provider's `start_url` with three parameters: `redirect_uri`, an address of your server
        that the operator allows; `code_challenge`, the SHA-256 of the verifier in URL-safe
        base64; and, if you like, `state`. The browser comes back to `redirect_uri` with a
        `code`, which your server exchanges by `oauth.token`, or with an `error`:
        `access_denied`, `provider_refused` or `provider_unavailable`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/auth/oauth/providers", OauthProviders, auth="none", options=options)
        return self._transport.send(call)

    def token(
        self,
        *,
        code: str,
        code_verifier: str,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Session:
        """Sign in with a provider's code.

        Exchanges the code that the browser brought back from a provider for a session. Your
        server calls it, since pages of another origin can't. A code works once, for ten minutes,
        together with the `code_verifier` that the sign-in began with.

        Somebody who comes for the first time gets an account, or the account that has their
        address and a password, if both the provider and the account have proved the address. An
        account that has another provider already is not merged: `use_other_method` names its
        ways in. An account that its owner closed answers `account_closed` for as long as the
        link in their mail opens it again. An address that the provider does not vouch for is
        refused with `email_unverified`.

        When the device is new, the account's owner is told by mail.

        An account with an authenticator app answers `totp_required`, and the code stays valid:
        send the request again with `totp_code` or `recovery_code`.

        Args:
            code: The `code` in the address that the browser came back to.
            code_verifier: What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits
                and `-._~` (RFC 7636).
            totp_code: The six digits of the authenticator app, where the account has one.
            recovery_code: Instead of `totp_code`, for whoever lost the app: each counts once.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/oauth/token",
            Session,
            body={
                "code": code,
                "code_verifier": code_verifier,
                "totp_code": totp_code,
                "recovery_code": recovery_code,
            },
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def link(
        self,
        *,
        provider: str,
        redirect_uri: str,
        code_challenge: str,
        state: str | Omit = OMIT,
        options: Options | None = None,
    ) -> LinkBegun:
        """Begin to link a provider.

        Answers with an address to send the browser to, valid for ten minutes. The browser comes
        back to `redirect_uri` with a `code` for `identities.create`. It takes a session whose
        owner signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is
        answered with `not_found`.

        Args:
            provider: The provider's name.
            redirect_uri: Where the browser comes back to; one that the operator allows.
            code_challenge: The SHA-256 of a random `code_verifier`, in URL-safe base64 without
                padding (RFC 7636, S256).
            state: Comes back to your app as it is.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/oauth/link",
            LinkBegun,
            body={
                "provider": provider,
                "redirect_uri": redirect_uri,
                "code_challenge": code_challenge,
                "state": state,
            },
            options=options,
        )
        return self._transport.send(call)


class AsyncOauthResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def providers(self, *, options: Options | None = None) -> OauthProviders:
        """List sign-in providers.

        The providers that people can sign in with besides a password. To sign somebody in, your
        server makes a random `code_verifier`, keeps it, and redirects the browser to the
        provider's `start_url` with three parameters: `redirect_uri`, an address of your server
        that the operator allows; `code_challenge`, the SHA-256 of the verifier in URL-safe
        base64; and, if you like, `state`. The browser comes back to `redirect_uri` with a
        `code`, which your server exchanges by `oauth.token`, or with an `error`:
        `access_denied`, `provider_refused` or `provider_unavailable`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/auth/oauth/providers", OauthProviders, auth="none", options=options)
        return await self._transport.send(call)

    async def token(
        self,
        *,
        code: str,
        code_verifier: str,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Session:
        """Sign in with a provider's code.

        Exchanges the code that the browser brought back from a provider for a session. Your
        server calls it, since pages of another origin can't. A code works once, for ten minutes,
        together with the `code_verifier` that the sign-in began with.

        Somebody who comes for the first time gets an account, or the account that has their
        address and a password, if both the provider and the account have proved the address. An
        account that has another provider already is not merged: `use_other_method` names its
        ways in. An account that its owner closed answers `account_closed` for as long as the
        link in their mail opens it again. An address that the provider does not vouch for is
        refused with `email_unverified`.

        When the device is new, the account's owner is told by mail.

        An account with an authenticator app answers `totp_required`, and the code stays valid:
        send the request again with `totp_code` or `recovery_code`.

        Args:
            code: The `code` in the address that the browser came back to.
            code_verifier: What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits
                and `-._~` (RFC 7636).
            totp_code: The six digits of the authenticator app, where the account has one.
            recovery_code: Instead of `totp_code`, for whoever lost the app: each counts once.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/oauth/token",
            Session,
            body={
                "code": code,
                "code_verifier": code_verifier,
                "totp_code": totp_code,
                "recovery_code": recovery_code,
            },
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def link(
        self,
        *,
        provider: str,
        redirect_uri: str,
        code_challenge: str,
        state: str | Omit = OMIT,
        options: Options | None = None,
    ) -> LinkBegun:
        """Begin to link a provider.

        Answers with an address to send the browser to, valid for ten minutes. The browser comes
        back to `redirect_uri` with a `code` for `identities.create`. It takes a session whose
        owner signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is
        answered with `not_found`.

        Args:
            provider: The provider's name.
            redirect_uri: Where the browser comes back to; one that the operator allows.
            code_challenge: The SHA-256 of a random `code_verifier`, in URL-safe base64 without
                padding (RFC 7636, S256).
            state: Comes back to your app as it is.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/oauth/link",
            LinkBegun,
            body={
                "provider": provider,
                "redirect_uri": redirect_uri,
                "code_challenge": code_challenge,
                "state": state,
            },
            options=options,
        )
        return await self._transport.send(call)
