# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.offers`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from ..types.objects import Offer


class OffersResource:
    """Offers and purchases of credits."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Page[Offer]:
        """List offers.

        What is for sale: packs of credits, each with its prices, in the order that the operator
        chose. Prices may change; a purchase keeps the one at which it was made. Needs no
        credentials.

        Args:
            limit: How many to return: 1 to 100, 20 if absent.
            cursor: `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/offers",
            PageBody[Offer],
            query={"limit": limit, "cursor": cursor},
            auth="none",
            options=options,
        )
        return fetch_page(self._transport, call)


class AsyncOffersResource:
    """Offers and purchases of credits."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncPager[Offer]:
        """List offers.

        What is for sale: packs of credits, each with its prices, in the order that the operator
        chose. Prices may change; a purchase keeps the one at which it was made. Needs no
        credentials.

        Args:
            limit: How many to return: 1 to 100, 20 if absent.
            cursor: `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/offers",
            PageBody[Offer],
            query={"limit": limit, "cursor": cursor},
            auth="none",
            options=options,
        )
        return AsyncPager(self._transport, call)
