# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.sandbox`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.omit import OMIT, Omit
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import CheckoutOutcome
from ..types.objects import Outbox, Purchase, SandboxClock


class SandboxResource:
    """Beside the API, and only where nothing is real: move the clock, read what was mailed, play
    the buyer and the payment processor. None of it needs credentials. In production none of it
    exists.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def clock(self, *, advance: str, options: Options | None = None) -> SandboxClock:
        """Move the clock.

        Moves the sandbox's time ahead, for every process, and runs what is due by then (credits
        expire, deadlines pass, files are removed) before it answers with the new time. The clock
        never goes back, and stays within a hundred years of the real time: else 422
        `invalid_input`. What is no period is refused with 400.

        Args:
            advance: An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the
                calendar from the sandbox's present. `PT0S` moves nothing and runs what is due.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/sandbox/clock",
            SandboxClock,
            body={"advance": advance},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def outbox(
        self,
        *,
        to: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        options: Options | None = None,
    ) -> Outbox:
        """Read the outbox.

        The mails that a real server would have sent, newest first: codes to verify an address
        are in here. The newest thousand mails are looked at.

        Args:
            to: Only mails to this address, in any case.
            limit: How many to return: 1 to 100, 20 if absent.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/sandbox/outbox",
            Outbox,
            query={"to": to, "limit": limit},
            auth="none",
            options=options,
        )
        return self._transport.send(call)

    def checkout(
        self,
        purchase: str,
        *,
        outcome: CheckoutOutcome,
        event: str | Omit = OMIT,
        dispute: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Purchase:
        """Decide a checkout.

        Has the sandbox's payment processor announce an outcome, signed and by the same way as a
        real processor's word, and answers with the purchase as it stands then. Outcomes may come
        in any order and number: a purchase grants its credits once, and stands where all of them
        together put it. A dispute opens with `disputed`, and is settled by `dispute_won` or
        `dispute_lost`. Opened in a browser, the same address is a checkout page.

        A refund of exactly 13.13 is refused by this processor, so that you see what becomes of
        the credits. Of a price of exactly 14.14 it tells nothing by itself, and says that it was
        paid when it is asked, ten minutes later.

        Args:
            purchase: The purchase's id.
            outcome: What the payment processor says of a purchase.
            event: The id of the processor's event. Absent: a new one. The id of an earlier
                event delivers that event again, which changes nothing.
            dispute: Which dispute it is about, by an id of the processor's. Absent: the
                purchase's only one. A dispute that is settled stays so; another id opens another.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/sandbox/checkout/{segment(purchase)}",
            Purchase,
            body={"outcome": outcome, "event": event, "dispute": dispute},
            auth="none",
            options=options,
        )
        return self._transport.send(call)


class AsyncSandboxResource:
    """Beside the API, and only where nothing is real: move the clock, read what was mailed, play
    the buyer and the payment processor. None of it needs credentials. In production none of it
    exists.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def clock(self, *, advance: str, options: Options | None = None) -> SandboxClock:
        """Move the clock.

        Moves the sandbox's time ahead, for every process, and runs what is due by then (credits
        expire, deadlines pass, files are removed) before it answers with the new time. The clock
        never goes back, and stays within a hundred years of the real time: else 422
        `invalid_input`. What is no period is refused with 400.

        Args:
            advance: An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the
                calendar from the sandbox's present. `PT0S` moves nothing and runs what is due.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/sandbox/clock",
            SandboxClock,
            body={"advance": advance},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def outbox(
        self,
        *,
        to: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        options: Options | None = None,
    ) -> Outbox:
        """Read the outbox.

        The mails that a real server would have sent, newest first: codes to verify an address
        are in here. The newest thousand mails are looked at.

        Args:
            to: Only mails to this address, in any case.
            limit: How many to return: 1 to 100, 20 if absent.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/sandbox/outbox",
            Outbox,
            query={"to": to, "limit": limit},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)

    async def checkout(
        self,
        purchase: str,
        *,
        outcome: CheckoutOutcome,
        event: str | Omit = OMIT,
        dispute: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Purchase:
        """Decide a checkout.

        Has the sandbox's payment processor announce an outcome, signed and by the same way as a
        real processor's word, and answers with the purchase as it stands then. Outcomes may come
        in any order and number: a purchase grants its credits once, and stands where all of them
        together put it. A dispute opens with `disputed`, and is settled by `dispute_won` or
        `dispute_lost`. Opened in a browser, the same address is a checkout page.

        A refund of exactly 13.13 is refused by this processor, so that you see what becomes of
        the credits. Of a price of exactly 14.14 it tells nothing by itself, and says that it was
        paid when it is asked, ten minutes later.

        Args:
            purchase: The purchase's id.
            outcome: What the payment processor says of a purchase.
            event: The id of the processor's event. Absent: a new one. The id of an earlier
                event delivers that event again, which changes nothing.
            dispute: Which dispute it is about, by an id of the processor's. Absent: the
                purchase's only one. A dispute that is settled stays so; another id opens another.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/sandbox/checkout/{segment(purchase)}",
            Purchase,
            body={"outcome": outcome, "event": event, "dispute": dispute},
            auth="none",
            options=options,
        )
        return await self._transport.send(call)
