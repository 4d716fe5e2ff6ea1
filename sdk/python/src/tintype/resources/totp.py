# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.totp`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.transport import AsyncTransport, Transport
from ..types.objects import RecoveryCodes, Totp, TotpBegun


class TotpResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Options | None = None) -> Totp:
        """Get the second factor.

        Whether sign-ins ask for a code of an authenticator app, and how many recovery codes are
        left. Needs no scope.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/auth/totp", Totp, options=options)
        return self._transport.send(call)

    def begin(self, *, options: Options | None = None) -> TotpBegun:
        """Begin to set up an authenticator app.

        Answers a new secret. Show it as a QR code, and send the first code that the app shows to
        `totp.confirm` within half an hour: nothing changes before. It takes a session whose
        owner signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is
        answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", "/v1/auth/totp/begin", TotpBegun, options=options)
        return self._transport.send(call)

    def confirm(self, *, totp_code: str, options: Options | None = None) -> RecoveryCodes:
        """Turn on the authenticator app.

        Takes the first code. From now on every sign-in asks for one: `auth.login` and
        `oauth.token` answer `totp_required` until `totp_code` or `recovery_code` comes with the
        request. Answers ten recovery codes, once; if you lost the answer, call
        `totp.renew_recovery_codes`. Open sessions stay, and the owner is told by mail. It takes
        a session whose owner signed in or stepped up within the last 15 minutes.

        Args:
            totp_code: The six digits that the app shows.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/totp/confirm",
            RecoveryCodes,
            body={"totp_code": totp_code},
            options=options,
        )
        return self._transport.send(call)

    def remove(
        self,
        *,
        password: str | Omit = OMIT,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> ResponseInfo:
        """Turn off the authenticator app.

        Takes the password, a code, or a recovery code, however fresh the session is: sign-ins
        ask for no code any more, and the recovery codes are void. The owner is told by mail. An
        API key is answered with `not_found`.

        Args:
            totp_code: The six digits that your authenticator app shows.
            recovery_code: One of your recovery codes, which is used up by it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/totp/remove",
            ResponseInfo,
            body={"password": password, "totp_code": totp_code, "recovery_code": recovery_code},
            options=options,
        )
        return self._transport.send(call)

    def renew_recovery_codes(self, *, options: Options | None = None) -> RecoveryCodes:
        """Replace the recovery codes.

        Answers ten new ones, once; the old ones are void, used or not, and the owner is told by
        mail. It takes a session whose owner signed in or stepped up within the last 15 minutes;
        an API key is answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", "/v1/auth/totp/recovery-codes", RecoveryCodes, options=options)
        return self._transport.send(call)


class AsyncTotpResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, *, options: Options | None = None) -> Totp:
        """Get the second factor.

        Whether sign-ins ask for a code of an authenticator app, and how many recovery codes are
        left. Needs no scope.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/auth/totp", Totp, options=options)
        return await self._transport.send(call)

    async def begin(self, *, options: Options | None = None) -> TotpBegun:
        """Begin to set up an authenticator app.

        Answers a new secret. Show it as a QR code, and send the first code that the app shows to
        `totp.confirm` within half an hour: nothing changes before. It takes a session whose
        owner signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is
        answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", "/v1/auth/totp/begin", TotpBegun, options=options)
        return await self._transport.send(call)

    async def confirm(self, *, totp_code: str, options: Options | None = None) -> RecoveryCodes:
        """Turn on the authenticator app.

        Takes the first code. From now on every sign-in asks for one: `auth.login` and
        `oauth.token` answer `totp_required` until `totp_code` or `recovery_code` comes with the
        request. Answers ten recovery codes, once; if you lost the answer, call
        `totp.renew_recovery_codes`. Open sessions stay, and the owner is told by mail. It takes
        a session whose owner signed in or stepped up within the last 15 minutes.

        Args:
            totp_code: The six digits that the app shows.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/totp/confirm",
            RecoveryCodes,
            body={"totp_code": totp_code},
            options=options,
        )
        return await self._transport.send(call)

    async def remove(
        self,
        *,
        password: str | Omit = OMIT,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> ResponseInfo:
        """Turn off the authenticator app.

        Takes the password, a code, or a recovery code, however fresh the session is: sign-ins
        ask for no code any more, and the recovery codes are void. The owner is told by mail. An
        API key is answered with `not_found`.

        Args:
            totp_code: The six digits that your authenticator app shows.
            recovery_code: One of your recovery codes, which is used up by it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/auth/totp/remove",
            ResponseInfo,
            body={"password": password, "totp_code": totp_code, "recovery_code": recovery_code},
            options=options,
        )
        return await self._transport.send(call)

    async def renew_recovery_codes(self, *, options: Options | None = None) -> RecoveryCodes:
        """Replace the recovery codes.

        Answers ten new ones, once; the old ones are void, used or not, and the owner is told by
        mail. It takes a session whose owner signed in or stepped up within the last 15 minutes;
        an API key is answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("POST", "/v1/auth/totp/recovery-codes", RecoveryCodes, options=options)
        return await self._transport.send(call)
