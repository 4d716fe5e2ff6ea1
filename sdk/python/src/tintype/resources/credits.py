# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.credits`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from ..types.objects import Balance, Grant, LedgerEntry


class CreditsResource:
    """The balance, the lots that it consists of, and every movement of it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Options | None = None) -> Balance:
        """Get the balance.

        What your account can spend, in the mode of the key: a test key shows test credits.
        Amounts are exact decimal strings.

        Scope: `credits:read`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/credits", Balance, options=options)
        return self._transport.send(call)

    def grants(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[Grant]:
        """List grants.

        The lots of credits that you were granted or bought, newest first, with what is left of
        each and when it expires.

        Scope: `credits:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/credits/grants",
            PageBody[Grant],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def ledger(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        generation_id: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[LedgerEntry]:
        """List the ledger.

        Every movement of credits, newest first: what was granted, bought, set aside (`hold`),
        charged (`capture`), given back (`release`), refunded, expired or adjusted. The ledger is
        append-only.

        Scope: `credits:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            generation_id: Only entries of this generation.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/credits/ledger",
            PageBody[LedgerEntry],
            query={"limit": limit, "cursor": cursor, "generation_id": generation_id},
            options=options,
        )
        return fetch_page(self._transport, call)


class AsyncCreditsResource:
    """The balance, the lots that it consists of, and every movement of it."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, *, options: Options | None = None) -> Balance:
        """Get the balance.

        What your account can spend, in the mode of the key: a test key shows test credits.
        Amounts are exact decimal strings.

        Scope: `credits:read`.

        Args:
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", "/v1/credits", Balance, options=options)
        return await self._transport.send(call)

    def grants(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[Grant]:
        """List grants.

        The lots of credits that you were granted or bought, newest first, with what is left of
        each and when it expires.

        Scope: `credits:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/credits/grants",
            PageBody[Grant],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    def ledger(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        generation_id: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[LedgerEntry]:
        """List the ledger.

        Every movement of credits, newest first: what was granted, bought, set aside (`hold`),
        charged (`capture`), given back (`release`), refunded, expired or adjusted. The ledger is
        append-only.

        Scope: `credits:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            generation_id: Only entries of this generation.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/credits/ledger",
            PageBody[LedgerEntry],
            query={"limit": limit, "cursor": cursor, "generation_id": generation_id},
            options=options,
        )
        return AsyncPager(self._transport, call)
