# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.sessions`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import OpenSession


class SessionsResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[OpenSession]:
        """List sessions.

        Those that are open, newest first. Needs a session; an API key is answered with
        `not_found`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/auth/sessions",
            PageBody[OpenSession],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def end(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """End a session.

        Its tokens are refused everywhere within five seconds. Needs a session, which may be the
        same one; an API key is answered with `not_found`.

        Args:
            id: The session's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", f"/v1/auth/sessions/{segment(id)}", ResponseInfo, options=options)
        return self._transport.send(call)


class AsyncSessionsResource:
    """Signing up, signing in, and the account itself."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[OpenSession]:
        """List sessions.

        Those that are open, newest first. Needs a session; an API key is answered with
        `not_found`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/auth/sessions",
            PageBody[OpenSession],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def end(self, id: str, *, options: Options | None = None) -> ResponseInfo:
        """End a session.

        Its tokens are refused everywhere within five seconds. Needs a session, which may be the
        same one; an API key is answered with `not_found`.

        Args:
            id: The session's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("DELETE", f"/v1/auth/sessions/{segment(id)}", ResponseInfo, options=options)
        return await self._transport.send(call)
