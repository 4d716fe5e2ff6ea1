# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.keys`"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import Scope
from ..types.objects import ApiKey, CreatedKey, KeyRevocation
from ..types.params import CapLimitParam, KeyRateLimitsParam, LeakedSecretParam


class KeysResource:
    """API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data
    only and spends test credits.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        name: str,
        scopes: Sequence[Scope],
        livemode: bool | Omit = OMIT,
        models: Sequence[str] | Omit = OMIT,
        ip_allow: Sequence[str] | Omit = OMIT,
        expires_at: datetime | str | Omit = OMIT,
        caps: Sequence[CapLimitParam] | Omit = OMIT,
        rate: KeyRateLimitsParam | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedKey:
        """Create an API key.

        The secret is in the answer, once: we keep only a hash of it. A key can't make one that
        may do more than itself, in scopes, mode, models, addresses, time, rate or spending; such
        a request is refused with `insufficient_scope`. Keys that are good may be 500 in each
        mode unless the operator says otherwise; one more is refused with `conflict`.

        With an `Idempotency-Key`, the same request within 24 hours is answered with the same key
        and secret.

        A session must be one whose owner signed in or stepped up (`auth.step_up`) within the
        last 15 minutes: a key outlives it.

        Scope: `keys:write`.

        Args:
            name: What the key is for, in your own words.
            scopes: What the key may do. With an API key you can give only scopes that it has
                itself.
            livemode: Whether the key reaches paid providers and spends live credits. By default
                it is like the key that makes it; a session makes live keys, in a sandbox test keys.
            models: The only models that the key may ask for, by id or alias. By default those
                of the key that makes it, or any.
            ip_allow: The only addresses that the key may be used from: IPv4 or IPv6 addresses,
                or networks such as `203.0.113.0/24`. By default those of the key that makes it, or
                any.
            expires_at: When the key ends by itself. By default it ends with the key that makes
                it, or never.
            caps: The most that the key may spend, one cap a period. A key with caps gives them
                to the keys that it makes, unless they get lower ones. What keys spend counts for
                the key that made them, too.
            rate: Limits of the key's own, below the server's. By default those of the key that
                makes it, or the server's.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/keys",
            CreatedKey,
            body={
                "name": name,
                "scopes": scopes,
                "livemode": livemode,
                "models": models,
                "ip_allow": ip_allow,
                "expires_at": expires_at,
                "caps": caps,
                "rate": rate,
            },
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[ApiKey]:
        """List API keys.

        Newest first, revoked and expired ones included. A key sees the keys of its own mode; a
        session sees both modes.

        Scope: `keys:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/keys",
            PageBody[ApiKey],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def self(self, *, options: Options | None = None) -> ApiKey:
        """Get the API key that is calling.

        Needs no scope: every key may look at itself. A session has no key; it is answered with
        `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/keys/self", ApiKey, options=options)
        return self._transport.send(call)

    def get(self, id: str, *, options: Options | None = None) -> ApiKey:
        """Get an API key.

        Without its secret, which nobody can show again. A key of another account or mode is not
        found.

        Scope: `keys:read`.

        Args:
            id: The key's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/keys/{segment(id)}", ApiKey, options=options)
        return self._transport.send(call)

    def update(
        self,
        id: str,
        *,
        name: str | Omit = OMIT,
        scopes: Sequence[Scope] | Omit = OMIT,
        models: Sequence[str] | Omit | None = OMIT,
        ip_allow: Sequence[str] | Omit | None = OMIT,
        expires_at: datetime | str | Omit | None = OMIT,
        caps: Sequence[CapLimitParam] | Omit = OMIT,
        rate: KeyRateLimitsParam | Omit | None = OMIT,
        options: Options | None = None,
    ) -> ApiKey:
        """Change an API key.

        Takes effect everywhere within five seconds. With an API key you can make a key narrower,
        itself too, or as wide as the key that you call with; wider is refused with
        `insufficient_scope`. Keys that it made before stay as they are. A revoked key can't be
        changed. A session must be as fresh as for making a key.

        Scope: `keys:write`.

        Args:
            id: The key's id.
            scopes: All scopes that the key shall have.
            models: The only models that the key may ask for; null: any.
            ip_allow: The only addresses and networks that the key may be used from; null: any.
            expires_at: When the key ends by itself; null: never.
            caps: All caps that the key shall have; an empty list takes them away. What it and
                the keys that it made spent before counts.
            rate: Limits of the key's own, both anew; null: the server's.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PATCH",
            f"/v1/keys/{segment(id)}",
            ApiKey,
            body={
                "name": name,
                "scopes": scopes,
                "models": models,
                "ip_allow": ip_allow,
                "expires_at": expires_at,
                "caps": caps,
                "rate": rate,
            },
            options=options,
        )
        return self._transport.send(call)

    def revoke(
        self,
        id: str,
        *,
        descendants: bool | Omit = OMIT,
        options: Options | None = None,
    ) -> KeyRevocation:
        """Revoke an API key.

        The key is refused everywhere within five seconds, for good. Generations that it started
        go on. Revoking a revoked key changes nothing. A session need not be fresh for this: what
        leaked has to go at once.

        Keys that it made, directly or not, stay good, and the answer says how many; with
        `descendants=true` they are revoked with it. If the key leaked, report it instead
        (`keys.report_leak`), or revoke it so: whoever found its secret may have made keys of
        their own.

        Scope: `keys:write`.

        Args:
            id: The key's id.
            descendants: Whether the keys that it made, directly or not, are revoked with it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "DELETE",
            f"/v1/keys/{segment(id)}",
            KeyRevocation,
            query={"descendants": descendants},
            options=options,
        )
        return self._transport.send(call)

    def rotate(
        self,
        id: str,
        *,
        grace_seconds: int | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedKey:
        """Rotate an API key's secret.

        The answer has the new secret, once; the key's id, caps and usage stay. For
        `grace_seconds` the old secret is good too, for all but rotating its own key, so that you
        can change over without an outage. Two secrets live at most: rotated again within the
        grace, the oldest ends at once. A key can rotate itself, and other keys that may do no
        more than itself. With an `Idempotency-Key`, the same request is answered with the same
        secret while it is good. A session must be as fresh as for making a key.

        Scope: `keys:write`.

        Args:
            id: The key's id.
            grace_seconds: For how long the old secret is good besides the new one: up to 7
                days. 0 ends it at once. If it leaked and the key has the scope `keys:write`, report
                it instead: whoever found it may have made keys of their own.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/keys/{segment(id)}/rotate",
            CreatedKey,
            body={"grace_seconds": grace_seconds},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def report_leak(
        self,
        *,
        leaks: Sequence[LeakedSecretParam],
        options: Options | None = None,
    ) -> ResponseInfo:
        """Report leaked secrets.

        For whoever found secrets of keys in public: secret scanners, and you. Needs no
        credentials, since who knows a secret could do worse with it. The keys are revoked at
        once, with the keys that they made, directly or not, and their owners told by mail and by
        the event `key.leaked`. The answer is the same whether a secret is good or not.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/keys/report-leak",
            ResponseInfo,
            body={"leaks": leaks},
            auth="none",
            options=options,
        )
        return self._transport.send(call)


class AsyncKeysResource:
    """API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data
    only and spends test credits.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        name: str,
        scopes: Sequence[Scope],
        livemode: bool | Omit = OMIT,
        models: Sequence[str] | Omit = OMIT,
        ip_allow: Sequence[str] | Omit = OMIT,
        expires_at: datetime | str | Omit = OMIT,
        caps: Sequence[CapLimitParam] | Omit = OMIT,
        rate: KeyRateLimitsParam | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedKey:
        """Create an API key.

        The secret is in the answer, once: we keep only a hash of it. A key can't make one that
        may do more than itself, in scopes, mode, models, addresses, time, rate or spending; such
        a request is refused with `insufficient_scope`. Keys that are good may be 500 in each
        mode unless the operator says otherwise; one more is refused with `conflict`.

        With an `Idempotency-Key`, the same request within 24 hours is answered with the same key
        and secret.

        A session must be one whose owner signed in or stepped up (`auth.step_up`) within the
        last 15 minutes: a key outlives it.

        Scope: `keys:write`.

        Args:
            name: What the key is for, in your own words.
            scopes: What the key may do. With an API key you can give only scopes that it has
                itself.
            livemode: Whether the key reaches paid providers and spends live credits. By default
                it is like the key that makes it; a session makes live keys, in a sandbox test keys.
            models: The only models that the key may ask for, by id or alias. By default those
                of the key that makes it, or any.
            ip_allow: The only addresses that the key may be used from: IPv4 or IPv6 addresses,
                or networks such as `203.0.113.0/24`. By default those of the key that makes it, or
                any.
            expires_at: When the key ends by itself. By default it ends with the key that makes
                it, or never.
            caps: The most that the key may spend, one cap a period. A key with caps gives them
                to the keys that it makes, unless they get lower ones. What keys spend counts for
                the key that made them, too.
            rate: Limits of the key's own, below the server's. By default those of the key that
                makes it, or the server's.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/keys",
            CreatedKey,
            body={
                "name": name,
                "scopes": scopes,
                "livemode": livemode,
                "models": models,
                "ip_allow": ip_allow,
                "expires_at": expires_at,
                "caps": caps,
                "rate": rate,
            },
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[ApiKey]:
        """List API keys.

        Newest first, revoked and expired ones included. A key sees the keys of its own mode; a
        session sees both modes.

        Scope: `keys:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/keys",
            PageBody[ApiKey],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def self(self, *, options: Options | None = None) -> ApiKey:
        """Get the API key that is calling.

        Needs no scope: every key may look at itself. A session has no key; it is answered with
        `not_found`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/keys/self", ApiKey, options=options)
        return await self._transport.send(call)

    async def get(self, id: str, *, options: Options | None = None) -> ApiKey:
        """Get an API key.

        Without its secret, which nobody can show again. A key of another account or mode is not
        found.

        Scope: `keys:read`.

        Args:
            id: The key's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/keys/{segment(id)}", ApiKey, options=options)
        return await self._transport.send(call)

    async def update(
        self,
        id: str,
        *,
        name: str | Omit = OMIT,
        scopes: Sequence[Scope] | Omit = OMIT,
        models: Sequence[str] | Omit | None = OMIT,
        ip_allow: Sequence[str] | Omit | None = OMIT,
        expires_at: datetime | str | Omit | None = OMIT,
        caps: Sequence[CapLimitParam] | Omit = OMIT,
        rate: KeyRateLimitsParam | Omit | None = OMIT,
        options: Options | None = None,
    ) -> ApiKey:
        """Change an API key.

        Takes effect everywhere within five seconds. With an API key you can make a key narrower,
        itself too, or as wide as the key that you call with; wider is refused with
        `insufficient_scope`. Keys that it made before stay as they are. A revoked key can't be
        changed. A session must be as fresh as for making a key.

        Scope: `keys:write`.

        Args:
            id: The key's id.
            scopes: All scopes that the key shall have.
            models: The only models that the key may ask for; null: any.
            ip_allow: The only addresses and networks that the key may be used from; null: any.
            expires_at: When the key ends by itself; null: never.
            caps: All caps that the key shall have; an empty list takes them away. What it and
                the keys that it made spent before counts.
            rate: Limits of the key's own, both anew; null: the server's.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "PATCH",
            f"/v1/keys/{segment(id)}",
            ApiKey,
            body={
                "name": name,
                "scopes": scopes,
                "models": models,
                "ip_allow": ip_allow,
                "expires_at": expires_at,
                "caps": caps,
                "rate": rate,
            },
            options=options,
        )
        return await self._transport.send(call)

    async def revoke(
        self,
        id: str,
        *,
        descendants: bool | Omit = OMIT,
        options: Options | None = None,
    ) -> KeyRevocation:
        """Revoke an API key.

        The key is refused everywhere within five seconds, for good. Generations that it started
        go on. Revoking a revoked key changes nothing. A session need not be fresh for this: what
        leaked has to go at once.

        Keys that it made, directly or not, stay good, and the answer says how many; with
        `descendants=true` they are revoked with it. If the key leaked, report it instead
        (`keys.report_leak`), or revoke it so: whoever found its secret may have made keys of
        their own.

        Scope: `keys:write`.

        Args:
            id: The key's id.
            descendants: Whether the keys that it made, directly or not, are revoked with it.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "DELETE",
            f"/v1/keys/{segment(id)}",
            KeyRevocation,
            query={"descendants": descendants},
            options=options,
        )
        return await self._transport.send(call)

    async def rotate(
        self,
        id: str,
        *,
        grace_seconds: int | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> CreatedKey:
        """Rotate an API key's secret.

        The answer has the new secret, once; the key's id, caps and usage stay. For
        `grace_seconds` the old secret is good too, for all but rotating its own key, so that you
        can change over without an outage. Two secrets live at most: rotated again within the
        grace, the oldest ends at once. A key can rotate itself, and other keys that may do no
        more than itself. With an `Idempotency-Key`, the same request is answered with the same
        secret while it is good. A session must be as fresh as for making a key.

        Scope: `keys:write`.

        Args:
            id: The key's id.
            grace_seconds: For how long the old secret is good besides the new one: up to 7
                days. 0 ends it at once. If it leaked and the key has the scope `keys:write`, report
                it instead: whoever found it may have made keys of their own.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/keys/{segment(id)}/rotate",
            CreatedKey,
            body={"grace_seconds": grace_seconds},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def report_leak(
        self,
        *,
        leaks: Sequence[LeakedSecretParam],
        options: Options | None = None,
    ) -> ResponseInfo:
        """Report leaked secrets.

        For whoever found secrets of keys in public: secret scanners, and you. Needs no
        credentials, since who knows a secret could do worse with it. The keys are revoked at
        once, with the keys that they made, directly or not, and their owners told by mail and by
        the event `key.leaked`. The answer is the same whether a secret is good or not.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/keys/report-leak",
            ResponseInfo,
            body={"leaks": leaks},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)
