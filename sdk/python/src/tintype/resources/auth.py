# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.auth`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.transport import AsyncTransport, Transport
from ..types.objects import Registration, Session


class AuthResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def register(
        self,
        *,
        email: str,
        password: str,
        options: Options | None = None,
    ) -> Registration:
        """Sign up.

        Sends a mail with a code of eight digits to the address; `auth.verify_email` takes it.
        The answer is the same whether the address is new or has an account: its owner learns by
        mail. Signing up again with an address that is not confirmed replaces the password and
        sends a new code, a few times an hour at most.

        Args:
            email: A mail address that you can read.
            password: 8 to 128 characters, of any kind.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/register",
            Registration,
            body={"email": email, "password": password},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def verify_email(self, *, email: str, code: str, options: Options | None = None) -> Session:
        """Confirm an address.

        Takes the mailed code and opens a session. A code works once, for 30 minutes and five
        tries; after that, sign up again for another one. If you lost the answer, sign in with
        `auth.login`.

        Args:
            code: The eight digits of the mail.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/verify-email",
            Session,
            body={"email": email, "code": code},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def login(self, *, email: str, password: str, options: Options | None = None) -> Session:
        """Sign in.

        Opens a session for a confirmed address. After a few wrong passwords for one address,
        whoever tries from the same network has to wait before each further try, longer every
        time; `Retry-After` says how long.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/login",
            Session,
            body={"email": email, "password": password},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def logout(self, *, options: Options | None = None) -> ResponseInfo:
        """Sign out.

        Ends the session whose access token is sent; the token is refused everywhere within five
        seconds. An API key has no session: it is answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", "/v1/auth/logout", ResponseInfo, options=options)
        return self._transport.send(call)


class AsyncAuthResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def register(
        self,
        *,
        email: str,
        password: str,
        options: Options | None = None,
    ) -> Registration:
        """Sign up.

        Sends a mail with a code of eight digits to the address; `auth.verify_email` takes it.
        The answer is the same whether the address is new or has an account: its owner learns by
        mail. Signing up again with an address that is not confirmed replaces the password and
        sends a new code, a few times an hour at most.

        Args:
            email: A mail address that you can read.
            password: 8 to 128 characters, of any kind.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/register",
            Registration,
            body={"email": email, "password": password},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def verify_email(
        self,
        *,
        email: str,
        code: str,
        options: Options | None = None,
    ) -> Session:
        """Confirm an address.

        Takes the mailed code and opens a session. A code works once, for 30 minutes and five
        tries; after that, sign up again for another one. If you lost the answer, sign in with
        `auth.login`.

        Args:
            code: The eight digits of the mail.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/verify-email",
            Session,
            body={"email": email, "code": code},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def login(self, *, email: str, password: str, options: Options | None = None) -> Session:
        """Sign in.

        Opens a session for a confirmed address. After a few wrong passwords for one address,
        whoever tries from the same network has to wait before each further try, longer every
        time; `Retry-After` says how long.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/login",
            Session,
            body={"email": email, "password": password},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def logout(self, *, options: Options | None = None) -> ResponseInfo:
        """Sign out.

        Ends the session whose access token is sent; the token is refused everywhere within five
        seconds. An API key has no session: it is answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", "/v1/auth/logout", ResponseInfo, options=options)
        return await self._transport.send(call)
