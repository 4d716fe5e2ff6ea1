# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.account`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.transport import AsyncTransport, Transport
from ..types.objects import Account, EmailChange, Session


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

    def update(
        self,
        *,
        display_name: str | Omit = OMIT,
        language: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Account:
        """Change the account.

        Its owner's name and the language of its mails. Needs a session; an API key is answered
        with `not_found`.

        Args:
            display_name: An empty text takes it away. Refused where the service keeps no names.
            language: Of mails: `en`, `de`, or another that the service writes. An empty text:
                the service's own.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PATCH",
            "/v1/account",
            Account,
            body={"display_name": display_name, "language": language},
            options=options,
        )
        return self._transport.send(call)

    def close(self, *, options: Options | None = None) -> Account:
        """Close the account.

        All sessions end and all API keys stop, everywhere within five seconds. What waits to be
        made is canceled and costs nothing. What was bought stays: until `reopen_until` the
        account can be opened again, with `account.reactivate` or by the link that is mailed.
        What happens after that is the operator's choice: mostly, everything is erased. For an
        erasure at once, use `data_rights.create`. It takes a fresh session (`auth.step_up`); an
        API key is answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", "/v1/account", Account, options=options)
        return self._transport.send(call)

    def reactivate(
        self,
        *,
        email: str,
        password: str,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Session:
        """Open a closed account again.

        Takes address and password, opens the account and a session. Keys work again as they did
        before. For any other account it is the same as `auth.login`. Who signs in with a
        provider alone uses the link that was mailed.

        Args:
            totp_code: The six digits of the authenticator app, where the account has one.
            recovery_code: Instead of `totp_code`, for whoever lost the app: each counts once.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/reactivate",
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

    def change_email(self, *, email: str, options: Options | None = None) -> EmailChange:
        """Change the mail address.

        Mails a code to the new address; `account.confirm_email` takes it, and until then nothing
        changes. The answer is the same whether the address has an account or not. It takes a
        fresh session (`auth.step_up`); an API key is answered with `not_found`.

        Args:
            email: A mail address that you can read.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/email",
            EmailChange,
            body={"email": email},
            options=options,
        )
        return self._transport.send(call)

    def confirm_email(self, *, code: str, options: Options | None = None) -> Account:
        """Confirm the new mail address.

        Takes the code that was mailed to it. From then on the account has this address, and the
        one before is told. Needs a session; an API key is answered with `not_found`.

        Args:
            code: The code in the mail. Dashes and capitals don't matter.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/email/confirm",
            Account,
            body={"code": code},
            options=options,
        )
        return self._transport.send(call)

    def agree(
        self,
        *,
        birth_date: str | Omit = OMIT,
        confirmed_age: int | Omit = OMIT,
        country: str | Omit = OMIT,
        accepted_policy: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Account:
        """Complete a sign-up.

        Takes what `pending` of a session or account names: people who came with another provider
        were not asked for it on the way, and until they answered, the account is refused
        everything else with `sign_up_incomplete`. It also takes the acceptance of a later
        version of the policy. Needs a session; an API key is answered with `not_found`.

        A newcomer below the minimum age is refused with `below_minimum_age`, and the account is
        erased.

        Args:
            birth_date: The day of birth. Looked at, and not kept.
            confirmed_age: "I am at least so old."
            country: Where the person lives (ISO 3166-1, two letters), if the age depends on it.
                Not kept.
            accepted_policy: The version of the policy that the person accepts.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/agreement",
            Account,
            body={
                "birth_date": birth_date,
                "confirmed_age": confirmed_age,
                "country": country,
                "accepted_policy": accepted_policy,
            },
            options=options,
        )
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

    async def update(
        self,
        *,
        display_name: str | Omit = OMIT,
        language: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Account:
        """Change the account.

        Its owner's name and the language of its mails. Needs a session; an API key is answered
        with `not_found`.

        Args:
            display_name: An empty text takes it away. Refused where the service keeps no names.
            language: Of mails: `en`, `de`, or another that the service writes. An empty text:
                the service's own.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PATCH",
            "/v1/account",
            Account,
            body={"display_name": display_name, "language": language},
            options=options,
        )
        return await self._transport.send(call)

    async def close(self, *, options: Options | None = None) -> Account:
        """Close the account.

        All sessions end and all API keys stop, everywhere within five seconds. What waits to be
        made is canceled and costs nothing. What was bought stays: until `reopen_until` the
        account can be opened again, with `account.reactivate` or by the link that is mailed.
        What happens after that is the operator's choice: mostly, everything is erased. For an
        erasure at once, use `data_rights.create`. It takes a fresh session (`auth.step_up`); an
        API key is answered with `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", "/v1/account", Account, options=options)
        return await self._transport.send(call)

    async def reactivate(
        self,
        *,
        email: str,
        password: str,
        totp_code: str | Omit = OMIT,
        recovery_code: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Session:
        """Open a closed account again.

        Takes address and password, opens the account and a session. Keys work again as they did
        before. For any other account it is the same as `auth.login`. Who signs in with a
        provider alone uses the link that was mailed.

        Args:
            totp_code: The six digits of the authenticator app, where the account has one.
            recovery_code: Instead of `totp_code`, for whoever lost the app: each counts once.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/reactivate",
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

    async def change_email(self, *, email: str, options: Options | None = None) -> EmailChange:
        """Change the mail address.

        Mails a code to the new address; `account.confirm_email` takes it, and until then nothing
        changes. The answer is the same whether the address has an account or not. It takes a
        fresh session (`auth.step_up`); an API key is answered with `not_found`.

        Args:
            email: A mail address that you can read.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/email",
            EmailChange,
            body={"email": email},
            options=options,
        )
        return await self._transport.send(call)

    async def confirm_email(self, *, code: str, options: Options | None = None) -> Account:
        """Confirm the new mail address.

        Takes the code that was mailed to it. From then on the account has this address, and the
        one before is told. Needs a session; an API key is answered with `not_found`.

        Args:
            code: The code in the mail. Dashes and capitals don't matter.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/email/confirm",
            Account,
            body={"code": code},
            options=options,
        )
        return await self._transport.send(call)

    async def agree(
        self,
        *,
        birth_date: str | Omit = OMIT,
        confirmed_age: int | Omit = OMIT,
        country: str | Omit = OMIT,
        accepted_policy: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Account:
        """Complete a sign-up.

        Takes what `pending` of a session or account names: people who came with another provider
        were not asked for it on the way, and until they answered, the account is refused
        everything else with `sign_up_incomplete`. It also takes the acceptance of a later
        version of the policy. Needs a session; an API key is answered with `not_found`.

        A newcomer below the minimum age is refused with `below_minimum_age`, and the account is
        erased.

        Args:
            birth_date: The day of birth. Looked at, and not kept.
            confirmed_age: "I am at least so old."
            country: Where the person lives (ISO 3166-1, two letters), if the age depends on it.
                Not kept.
            accepted_policy: The version of the policy that the person accepts.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/account/agreement",
            Account,
            body={
                "birth_date": birth_date,
                "confirmed_age": confirmed_age,
                "country": country,
                "accepted_policy": accepted_policy,
            },
            options=options,
        )
        return await self._transport.send(call)
