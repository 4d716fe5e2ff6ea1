# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.auth`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.transport import AsyncTransport, Transport
from ..types.objects import PasswordForgotten, Registration, Requirements, Session, SteppedUp


class AuthResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def register(
        self,
        *,
        email: str,
        password: str,
        birth_date: str | Omit = OMIT,
        confirmed_age: int | Omit = OMIT,
        country: str | Omit = OMIT,
        accepted_policy: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Registration:
        """Sign up.

        Sends a mail with a code to the address; `auth.verify_email` takes it, together with
        `registration` from this answer. The answer is the same whether the address is new or has
        an account: its owner learns by mail.

        The password is the one of the attempt that is completed: what others type for the same
        address changes nothing. A few mails an hour are sent to an address, then one each
        quarter of an hour; every code in the inbox that is still valid completes the attempt,
        whichever attempt it was mailed for.

        Where the operator asks for an age or for the acceptance of a policy, `auth.requirements`
        says so; who is too young is refused with `below_minimum_age`, and nothing of them is
        kept.

        Args:
            email: A mail address that you can read.
            password: 8 to 128 characters, of any kind. What everyone would guess is refused.
            birth_date: The day of birth, if `auth.requirements` asks for it. Looked at, and not
                kept.
            confirmed_age: "I am at least so old", if `auth.requirements` asks for that.
            country: Where the person lives (ISO 3166-1, two letters), if the age depends on it.
                Not kept.
            accepted_policy: The version of the policy that the person accepts, if
                `auth.requirements` names one.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/register",
            Registration,
            body={
                "email": email,
                "password": password,
                "birth_date": birth_date,
                "confirmed_age": confirmed_age,
                "country": country,
                "accepted_policy": accepted_policy,
            },
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def verify_email(
        self,
        *,
        registration: str,
        code: str,
        options: Options | None = None,
    ) -> Session:
        """Confirm an address.

        Takes the attempt that `auth.register` answered and the mailed code, and opens a session.
        A code works once, for 30 minutes; after that, sign up again for another one. If you lost
        the answer, sign in with `auth.login`.

        Args:
            registration: What `auth.register` answered.
            code: The code in the mail. Dashes and capitals don't matter.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/verify-email",
            Session,
            body={"registration": registration, "code": code},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def login(
        self,
        *,
        email: str,
        password: str,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Session:
        """Sign in.

        Opens a session for a confirmed address. When the device is new, its owner is told by
        mail. After a few wrong passwords for one address, whoever tries from the same network
        has to wait before each further try, longer every time; `Retry-After` says how long. Of
        more than 100 open sessions, unless the operator says otherwise, the one that was used
        longest ago ends.

        An account with an authenticator app answers the right password with `totp_required`:
        send the request again with `totp_code` or `recovery_code`. After a few wrong codes
        everybody waits before the next, a quarter of an hour at most; a recovery code needs no
        wait.

        Args:
            totp_code: The six digits of the authenticator app, where the account has one.
            recovery_code: Instead of `totp_code`, for whoever lost the app: each counts once.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/login",
            Session,
            body={
                "email": email,
                "password": password,
                "totp_code": totp_code,
                "recovery_code": recovery_code,
            },
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

    def requirements(
        self,
        *,
        country: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Requirements:
        """What a sign-up asks for.

        What to ask people, besides an address and a password, for `auth.register` or, where they
        come with another provider, for `account.agree`.

        Args:
            country: Where the person lives (ISO 3166-1, two letters), if you know it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/auth/requirements",
            Requirements,
            query={"country": country},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def password_forgot(self, *, email: str, options: Options | None = None) -> PasswordForgotten:
        """Ask for a new password.

        Sends a mail with a code, if the address has an account; `auth.password_reset` takes it.
        The answer is the same for every address. A few mails an hour are sent to an address,
        then one each quarter of an hour; every code in the inbox that is still valid counts.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/password/forgot",
            PasswordForgotten,
            body={"email": email},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def password_reset(
        self,
        *,
        email: str,
        code: str,
        password: str,
        options: Options | None = None,
    ) -> ResponseInfo:
        """Set a new password.

        Takes the mailed code, which works once, for 30 minutes. All sessions of the account end;
        sign in with the new password. API keys stay as they are.

        Args:
            code: The code in the mail. Dashes and capitals don't matter.
            password: 8 to 128 characters, of any kind. What everyone would guess is refused.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/password/reset",
            ResponseInfo,
            body={"email": email, "code": code, "password": password},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def password_change(
        self,
        *,
        current_password: str,
        new_password: str,
        options: Options | None = None,
    ) -> ResponseInfo:
        """Change the password.

        Needs a session and the present password. All other sessions of the account end, and its
        owner is told by mail. An API key has no password: it is answered with `not_found`.

        Args:
            new_password: 8 to 128 characters, of any kind. What everyone would guess is
                refused.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/password/change",
            ResponseInfo,
            body={"current_password": current_password, "new_password": new_password},
            options=options,
        )
        return self._transport.send(call)

    def refresh(self, *, refresh_token: str, options: Options | None = None) -> Session:
        """Refresh a session.

        Exchanges a refresh token for a new access token and a new refresh token. The old one is
        used up: within ten seconds it gives the same new tokens again, for those who ask at the
        same moment or lost the answer; if it comes back later, it was copied, and the whole
        session ends. A session ends also when it is not refreshed for two weeks, and 90 days
        after the sign-in, unless the operator chose other periods.

        Args:
            refresh_token: The `refresh_token` of the last answer.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/refresh",
            Session,
            body={"refresh_token": refresh_token},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def step_up(
        self,
        *,
        password: str | Omit = OMIT,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> SteppedUp:
        """Step up a session.

        Proves once more that it is you: by the password, a code of your authenticator app, or a
        recovery code. For 15 minutes from then on the session may change the ways into the
        account, as it may after a sign-in; what needs it is refused with `step_up_required`
        otherwise. Without a password and an authenticator app, sign in again instead. An API key
        has no session: it is answered with `not_found`.

        Args:
            totp_code: The six digits that your authenticator app shows.
            recovery_code: One of your recovery codes, which is used up by it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/step-up",
            SteppedUp,
            body={"password": password, "totp_code": totp_code, "recovery_code": recovery_code},
            options=options,
        )
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
        birth_date: str | Omit = OMIT,
        confirmed_age: int | Omit = OMIT,
        country: str | Omit = OMIT,
        accepted_policy: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Registration:
        """Sign up.

        Sends a mail with a code to the address; `auth.verify_email` takes it, together with
        `registration` from this answer. The answer is the same whether the address is new or has
        an account: its owner learns by mail.

        The password is the one of the attempt that is completed: what others type for the same
        address changes nothing. A few mails an hour are sent to an address, then one each
        quarter of an hour; every code in the inbox that is still valid completes the attempt,
        whichever attempt it was mailed for.

        Where the operator asks for an age or for the acceptance of a policy, `auth.requirements`
        says so; who is too young is refused with `below_minimum_age`, and nothing of them is
        kept.

        Args:
            email: A mail address that you can read.
            password: 8 to 128 characters, of any kind. What everyone would guess is refused.
            birth_date: The day of birth, if `auth.requirements` asks for it. Looked at, and not
                kept.
            confirmed_age: "I am at least so old", if `auth.requirements` asks for that.
            country: Where the person lives (ISO 3166-1, two letters), if the age depends on it.
                Not kept.
            accepted_policy: The version of the policy that the person accepts, if
                `auth.requirements` names one.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/register",
            Registration,
            body={
                "email": email,
                "password": password,
                "birth_date": birth_date,
                "confirmed_age": confirmed_age,
                "country": country,
                "accepted_policy": accepted_policy,
            },
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def verify_email(
        self,
        *,
        registration: str,
        code: str,
        options: Options | None = None,
    ) -> Session:
        """Confirm an address.

        Takes the attempt that `auth.register` answered and the mailed code, and opens a session.
        A code works once, for 30 minutes; after that, sign up again for another one. If you lost
        the answer, sign in with `auth.login`.

        Args:
            registration: What `auth.register` answered.
            code: The code in the mail. Dashes and capitals don't matter.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/verify-email",
            Session,
            body={"registration": registration, "code": code},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def login(
        self,
        *,
        email: str,
        password: str,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Session:
        """Sign in.

        Opens a session for a confirmed address. When the device is new, its owner is told by
        mail. After a few wrong passwords for one address, whoever tries from the same network
        has to wait before each further try, longer every time; `Retry-After` says how long. Of
        more than 100 open sessions, unless the operator says otherwise, the one that was used
        longest ago ends.

        An account with an authenticator app answers the right password with `totp_required`:
        send the request again with `totp_code` or `recovery_code`. After a few wrong codes
        everybody waits before the next, a quarter of an hour at most; a recovery code needs no
        wait.

        Args:
            totp_code: The six digits of the authenticator app, where the account has one.
            recovery_code: Instead of `totp_code`, for whoever lost the app: each counts once.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/login",
            Session,
            body={
                "email": email,
                "password": password,
                "totp_code": totp_code,
                "recovery_code": recovery_code,
            },
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

    async def requirements(
        self,
        *,
        country: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Requirements:
        """What a sign-up asks for.

        What to ask people, besides an address and a password, for `auth.register` or, where they
        come with another provider, for `account.agree`.

        Args:
            country: Where the person lives (ISO 3166-1, two letters), if you know it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/auth/requirements",
            Requirements,
            query={"country": country},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def password_forgot(
        self,
        *,
        email: str,
        options: Options | None = None,
    ) -> PasswordForgotten:
        """Ask for a new password.

        Sends a mail with a code, if the address has an account; `auth.password_reset` takes it.
        The answer is the same for every address. A few mails an hour are sent to an address,
        then one each quarter of an hour; every code in the inbox that is still valid counts.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/password/forgot",
            PasswordForgotten,
            body={"email": email},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def password_reset(
        self,
        *,
        email: str,
        code: str,
        password: str,
        options: Options | None = None,
    ) -> ResponseInfo:
        """Set a new password.

        Takes the mailed code, which works once, for 30 minutes. All sessions of the account end;
        sign in with the new password. API keys stay as they are.

        Args:
            code: The code in the mail. Dashes and capitals don't matter.
            password: 8 to 128 characters, of any kind. What everyone would guess is refused.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/password/reset",
            ResponseInfo,
            body={"email": email, "code": code, "password": password},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def password_change(
        self,
        *,
        current_password: str,
        new_password: str,
        options: Options | None = None,
    ) -> ResponseInfo:
        """Change the password.

        Needs a session and the present password. All other sessions of the account end, and its
        owner is told by mail. An API key has no password: it is answered with `not_found`.

        Args:
            new_password: 8 to 128 characters, of any kind. What everyone would guess is
                refused.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/password/change",
            ResponseInfo,
            body={"current_password": current_password, "new_password": new_password},
            options=options,
        )
        return await self._transport.send(call)

    async def refresh(self, *, refresh_token: str, options: Options | None = None) -> Session:
        """Refresh a session.

        Exchanges a refresh token for a new access token and a new refresh token. The old one is
        used up: within ten seconds it gives the same new tokens again, for those who ask at the
        same moment or lost the answer; if it comes back later, it was copied, and the whole
        session ends. A session ends also when it is not refreshed for two weeks, and 90 days
        after the sign-in, unless the operator chose other periods.

        Args:
            refresh_token: The `refresh_token` of the last answer.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/refresh",
            Session,
            body={"refresh_token": refresh_token},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def step_up(
        self,
        *,
        password: str | Omit = OMIT,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> SteppedUp:
        """Step up a session.

        Proves once more that it is you: by the password, a code of your authenticator app, or a
        recovery code. For 15 minutes from then on the session may change the ways into the
        account, as it may after a sign-in; what needs it is refused with `step_up_required`
        otherwise. Without a password and an authenticator app, sign in again instead. An API key
        has no session: it is answered with `not_found`.

        Args:
            totp_code: The six digits that your authenticator app shows.
            recovery_code: One of your recovery codes, which is used up by it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/step-up",
            SteppedUp,
            body={"password": password, "totp_code": totp_code, "recovery_code": recovery_code},
            options=options,
        )
        return await self._transport.send(call)
