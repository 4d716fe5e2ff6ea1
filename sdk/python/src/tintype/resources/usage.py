# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.usage`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from ..types.objects import Usage


class UsageResource:
    """What was made and what it cost, by day, model, key and end user."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        group_by: str | Omit = OMIT,
        from_: str | Omit = OMIT,
        to: str | Omit = OMIT,
        key_id: str | Omit = OMIT,
        model: str | Omit = OMIT,
        end_user: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[Usage]:
        """Get usage.

        What was made and what it cost, of generations that ended from one day to another, in the
        mode of the key. With `group_by=day,model` there is a line for each day and model on
        which anything ended, in order; without it, one line for all. The sums are kept as
        generations end: they are exact, and as fast for ten million generations as for ten. Days
        are those of UTC; a report covers 366 of them at most.

        Scope: `usage:read`.

        Args:
            group_by: One or more of `day`, `end_user`, `model` and `key`, with commas between
                them.
            from_: The first day that counts, as in `2026-11-01`; by default the 30th before
                `to`.
            to: The last day that counts; by default today.
            key_id: Only what this key asked for.
            model: Only what ran on this model.
            end_user: Only what was asked for on behalf of this end user.
            limit: How many lines to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/usage",
            PageBody[Usage],
            query={
                "group_by": group_by,
                "from": from_,
                "to": to,
                "key_id": key_id,
                "model": model,
                "end_user": end_user,
                "limit": limit,
                "cursor": cursor,
            },
            options=options,
        )
        return fetch_page(self._transport, call)


class AsyncUsageResource:
    """What was made and what it cost, by day, model, key and end user."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        group_by: str | Omit = OMIT,
        from_: str | Omit = OMIT,
        to: str | Omit = OMIT,
        key_id: str | Omit = OMIT,
        model: str | Omit = OMIT,
        end_user: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[Usage]:
        """Get usage.

        What was made and what it cost, of generations that ended from one day to another, in the
        mode of the key. With `group_by=day,model` there is a line for each day and model on
        which anything ended, in order; without it, one line for all. The sums are kept as
        generations end: they are exact, and as fast for ten million generations as for ten. Days
        are those of UTC; a report covers 366 of them at most.

        Scope: `usage:read`.

        Args:
            group_by: One or more of `day`, `end_user`, `model` and `key`, with commas between
                them.
            from_: The first day that counts, as in `2026-11-01`; by default the 30th before
                `to`.
            to: The last day that counts; by default today.
            key_id: Only what this key asked for.
            model: Only what ran on this model.
            end_user: Only what was asked for on behalf of this end user.
            limit: How many lines to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/usage",
            PageBody[Usage],
            query={
                "group_by": group_by,
                "from": from_,
                "to": to,
                "key_id": key_id,
                "model": model,
                "end_user": end_user,
                "limit": limit,
                "cursor": cursor,
            },
            options=options,
        )
        return AsyncPager(self._transport, call)
