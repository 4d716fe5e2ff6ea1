# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.purchases`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import Purchase, PurchaseReceipt


class PurchasesResource:
    """Offers and purchases of credits."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        offer: str,
        success_url: str,
        cancel_url: str,
        processor: str | Omit = OMIT,
        currency: str | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Purchase:
        """Buy credits.

        Opens a checkout at a payment processor. Send the buyer to `checkout_url`; the credits
        come when the processor tells us of the payment, mostly within seconds, and once, however
        often it tells us. Test credentials buy test credits.

        Send an `Idempotency-Key`: if the connection breaks, the same request then finds the
        purchase that it made instead of making another. While the first is still talking to the
        processor, a repeated request fails with 409 `idempotency_in_progress`.

        Fails with 422 `unknown_offer` when there is no such offer or it has no price in
        `currency`, with 422 `invalid_input` for a processor that is not configured, for a URL
        that no browser opens and when the processor refuses, and with 503 `unavailable` when the
        processor does not answer.

        Scope: `purchases:write`.

        Args:
            offer: The id of an offer: see `GET /v1/offers`.
            processor: Who takes the money. Absent: the operator's first choice.
            currency: One of the currencies in which the offer is priced. Absent: that of its
                first price.
            success_url: Where the processor sends the buyer after paying: an `http` or `https`
                URL of yours. That someone arrives there proves no payment: ask for the purchase.
            cancel_url: Where the processor sends a buyer who turned back: an `http` or `https`
                URL of yours.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/purchases",
            Purchase,
            body={
                "offer": offer,
                "processor": processor,
                "currency": currency,
                "success_url": success_url,
                "cancel_url": cancel_url,
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
    ) -> Page[Purchase]:
        """List purchases.

        All purchases of the account in the mode of the credentials, newest first, 20 a page
        unless `limit` says otherwise.

        Scope: `purchases:read`.

        Args:
            limit: How many to return: 1 to 100, 20 if absent.
            cursor: `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/purchases",
            PageBody[Purchase],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(self, id: str, *, options: Options | None = None) -> Purchase:
        """Get a purchase.

        Where it stands. Ask for this when the buyer comes back to your `success_url`: `status`
        is `paid` once the credits are there, and still `pending` when the buyer was faster than
        the processor.

        Scope: `purchases:read`.

        Args:
            id: The purchase's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/purchases/{segment(id)}", Purchase, options=options)
        return self._transport.send(call)

    def receipt(self, id: str, *, options: Options | None = None) -> PurchaseReceipt:
        """Get a receipt.

        What was bought, from whom and for how much, with a number that never changes. It stays
        after a refund and then says so. Fails with 409 `conflict` while nothing was paid.

        Scope: `purchases:read`.

        Args:
            id: The purchase's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/purchases/{segment(id)}/receipt", PurchaseReceipt, options=options)
        return self._transport.send(call)

    def refund(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Purchase:
        """Refund a purchase.

        Gives back the price of the credits that are left: all of it while none was touched, else
        their share, rounded down to the currency's smallest unit. The credits are taken back at
        once and the purchase is `refunding`, with the amount in `refund`; it is `refunded` when
        the processor has returned the money, and `paid` again, credits included, should the
        processor refuse. A purchase that is refunded already stays as it is.

        Fails with 409 `nothing_to_refund` when nothing was paid, the payment is disputed (ask
        again if the dispute is won) or was charged back, or what is left of the credits is worth
        nothing; `used` then says how many are gone. Fails with 409 `conflict` while generations
        hold credits of it; `held` says how many.

        Scope: `purchases:write`.

        Args:
            id: The purchase's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/purchases/{segment(id)}/refund",
            Purchase,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)


class AsyncPurchasesResource:
    """Offers and purchases of credits."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        offer: str,
        success_url: str,
        cancel_url: str,
        processor: str | Omit = OMIT,
        currency: str | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Purchase:
        """Buy credits.

        Opens a checkout at a payment processor. Send the buyer to `checkout_url`; the credits
        come when the processor tells us of the payment, mostly within seconds, and once, however
        often it tells us. Test credentials buy test credits.

        Send an `Idempotency-Key`: if the connection breaks, the same request then finds the
        purchase that it made instead of making another. While the first is still talking to the
        processor, a repeated request fails with 409 `idempotency_in_progress`.

        Fails with 422 `unknown_offer` when there is no such offer or it has no price in
        `currency`, with 422 `invalid_input` for a processor that is not configured, for a URL
        that no browser opens and when the processor refuses, and with 503 `unavailable` when the
        processor does not answer.

        Scope: `purchases:write`.

        Args:
            offer: The id of an offer: see `GET /v1/offers`.
            processor: Who takes the money. Absent: the operator's first choice.
            currency: One of the currencies in which the offer is priced. Absent: that of its
                first price.
            success_url: Where the processor sends the buyer after paying: an `http` or `https`
                URL of yours. That someone arrives there proves no payment: ask for the purchase.
            cancel_url: Where the processor sends a buyer who turned back: an `http` or `https`
                URL of yours.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/purchases",
            Purchase,
            body={
                "offer": offer,
                "processor": processor,
                "currency": currency,
                "success_url": success_url,
                "cancel_url": cancel_url,
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
    ) -> AsyncPager[Purchase]:
        """List purchases.

        All purchases of the account in the mode of the credentials, newest first, 20 a page
        unless `limit` says otherwise.

        Scope: `purchases:read`.

        Args:
            limit: How many to return: 1 to 100, 20 if absent.
            cursor: `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/purchases",
            PageBody[Purchase],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(self, id: str, *, options: Options | None = None) -> Purchase:
        """Get a purchase.

        Where it stands. Ask for this when the buyer comes back to your `success_url`: `status`
        is `paid` once the credits are there, and still `pending` when the buyer was faster than
        the processor.

        Scope: `purchases:read`.

        Args:
            id: The purchase's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/purchases/{segment(id)}", Purchase, options=options)
        return await self._transport.send(call)

    async def receipt(self, id: str, *, options: Options | None = None) -> PurchaseReceipt:
        """Get a receipt.

        What was bought, from whom and for how much, with a number that never changes. It stays
        after a refund and then says so. Fails with 409 `conflict` while nothing was paid.

        Scope: `purchases:read`.

        Args:
            id: The purchase's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/purchases/{segment(id)}/receipt", PurchaseReceipt, options=options)
        return await self._transport.send(call)

    async def refund(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> Purchase:
        """Refund a purchase.

        Gives back the price of the credits that are left: all of it while none was touched, else
        their share, rounded down to the currency's smallest unit. The credits are taken back at
        once and the purchase is `refunding`, with the amount in `refund`; it is `refunded` when
        the processor has returned the money, and `paid` again, credits included, should the
        processor refuse. A purchase that is refunded already stays as it is.

        Fails with 409 `nothing_to_refund` when nothing was paid, the payment is disputed (ask
        again if the dispute is won) or was charged back, or what is left of the credits is worth
        nothing; `used` then says how many are gone. Fails with 409 `conflict` while generations
        hold credits of it; `held` says how many.

        Scope: `purchases:write`.

        Args:
            id: The purchase's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/purchases/{segment(id)}/refund",
            Purchase,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)
