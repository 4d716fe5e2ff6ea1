# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.data_rights`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.downloads import AsyncDownload, Download
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.paging import AsyncPager, Page, PageBody, fetch_page
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.enums import DataRight
from ..types.objects import DataReceipt, DataRequest


class DataRightsResource:
    """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        type: DataRight,
        statement: str | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> DataRequest:
        """Ask for a copy or for erasure.

        A request is about the whole account: its live and its test data. It starts nothing yet.
        We mail a code to the account's address; `data_rights.verify` takes it within 30 minutes,
        or the request expires.

        `access` makes a zip archive: all rows that name the account, table by table as JSON, the
        original files, and a list of what is left out and why. It can be downloaded for 14 days.
        Should our storage have lost a file, the request is `partially_fulfilled`, and it, its
        receipt and the archive name what is `missing`. What can't be read for the moment is
        waited for until the day before the request is due.

        `erasure` ends the account for good: keys and sessions are revoked, what is under way is
        canceled uncharged, credits that are left expire, files and content are deleted. What is
        kept for the books, without its content, stands in the receipt. So does a keyed hash of
        the address, where welcome credits were used: they come once. Since your keys end too,
        keep the link in `receipt`: it needs none, and our last mail repeats it.

        Where real money is spent, a test key is refused with 422 `invalid_input`: sign in, or
        use a live key. Fails with 409 `conflict` while a request of the same type is open;
        `request` then names it.

        Scope: `data_rights:write`.

        Args:
            type: `access`: a copy of everything. `erasure`: the account and all its data go,
                for good.
            statement: Anything that you want to say about it.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/data-rights/requests",
            DataRequest,
            body={"type": type, "statement": statement},
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
    ) -> Page[DataRequest]:
        """List requests.

        The account's requests that were made in the mode of the credentials, newest first.

        Scope: `data_rights:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/data-rights/requests",
            PageBody[DataRequest],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return fetch_page(self._transport, call)

    def get(self, id: str, *, options: Options | None = None) -> DataRequest:
        """Get a request.

        Where it stands, and what was done so far.

        Scope: `data_rights:read`.

        Args:
            id: The request's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/data-rights/requests/{segment(id)}", DataRequest, options=options)
        return self._transport.send(call)

    def verify(
        self,
        id: str,
        *,
        code: str,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> DataRequest:
        """Confirm a request.

        Takes the mailed code; from here on the request is fulfilled without further questions,
        mostly within minutes. An erasure can't be stopped any more, and the credentials that you
        send end with it: note the link in `receipt`.

        A code works once: a wrong one fails with 422 `code_invalid`. For a new code, withdraw
        the request and make another. Fails with 409 `conflict` for a request that does not wait
        to be confirmed.

        Scope: `data_rights:write`.

        Args:
            id: The request's id.
            code: The code in the mail. Dashes and capitals don't matter.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/data-rights/requests/{segment(id)}/verify",
            DataRequest,
            body={"code": code},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def withdraw(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> DataRequest:
        """Withdraw a request.

        Takes back a request that was not confirmed yet; its code is void. Fails with 409
        `conflict` for any other.

        Scope: `data_rights:write`.

        Args:
            id: The request's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/data-rights/requests/{segment(id)}/withdraw",
            DataRequest,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return self._transport.send(call)

    def archive(
        self,
        id: str,
        *,
        range: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Download:
        """Download the archive.

        The zip archive of a fulfilled, or partially fulfilled, access request. `README.txt` in
        it says what is where. `Range` requests are answered with the part that was asked for.
        Fails with 409 `conflict` when there is no archive yet, or never will be, and with 410
        `erased` when its 14 days are over: ask for a new one.

        Scope: `data_rights:read`.

        Args:
            id: The request's id.
            range: As in `bytes=0-1023`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/data-rights/requests/{segment(id)}/archive",
            ResponseInfo,
            headers={"Range": range},
            accept="*/*",
            options=options,
        )
        return Download.open(self._transport, call)

    def receipt(
        self,
        id: str,
        *,
        token: str | Omit = OMIT,
        options: Options | None = None,
    ) -> DataReceipt:
        """Get the receipt.

        What was done for a fulfilled request, table by table, and what was kept and why, signed.
        Either your key or the `token` of the request's `receipt` link opens it; the link stays
        good after an erasure. Fails with 409 `conflict` until the request is fulfilled.

        Args:
            id: The request's id.
            token: From the link; instead of a key.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/data-rights/requests/{segment(id)}/receipt",
            DataReceipt,
            query={"token": token},
            auth="optional",
            options=options,
        )
        return self._transport.send(call)


class AsyncDataRightsResource:
    """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        type: DataRight,
        statement: str | Omit = OMIT,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> DataRequest:
        """Ask for a copy or for erasure.

        A request is about the whole account: its live and its test data. It starts nothing yet.
        We mail a code to the account's address; `data_rights.verify` takes it within 30 minutes,
        or the request expires.

        `access` makes a zip archive: all rows that name the account, table by table as JSON, the
        original files, and a list of what is left out and why. It can be downloaded for 14 days.
        Should our storage have lost a file, the request is `partially_fulfilled`, and it, its
        receipt and the archive name what is `missing`. What can't be read for the moment is
        waited for until the day before the request is due.

        `erasure` ends the account for good: keys and sessions are revoked, what is under way is
        canceled uncharged, credits that are left expire, files and content are deleted. What is
        kept for the books, without its content, stands in the receipt. So does a keyed hash of
        the address, where welcome credits were used: they come once. Since your keys end too,
        keep the link in `receipt`: it needs none, and our last mail repeats it.

        Where real money is spent, a test key is refused with 422 `invalid_input`: sign in, or
        use a live key. Fails with 409 `conflict` while a request of the same type is open;
        `request` then names it.

        Scope: `data_rights:write`.

        Args:
            type: `access`: a copy of everything. `erasure`: the account and all its data go,
                for good.
            statement: Anything that you want to say about it.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            "/v1/data-rights/requests",
            DataRequest,
            body={"type": type, "statement": statement},
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
    ) -> AsyncPager[DataRequest]:
        """List requests.

        The account's requests that were made in the mode of the credentials, newest first.

        Scope: `data_rights:read`.

        Args:
            limit: How many to return.
            cursor: The `next_cursor` of the page before.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            "/v1/data-rights/requests",
            PageBody[DataRequest],
            query={"limit": limit, "cursor": cursor},
            options=options,
        )
        return AsyncPager(self._transport, call)

    async def get(self, id: str, *, options: Options | None = None) -> DataRequest:
        """Get a request.

        Where it stands, and what was done so far.

        Scope: `data_rights:read`.

        Args:
            id: The request's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/data-rights/requests/{segment(id)}", DataRequest, options=options)
        return await self._transport.send(call)

    async def verify(
        self,
        id: str,
        *,
        code: str,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> DataRequest:
        """Confirm a request.

        Takes the mailed code; from here on the request is fulfilled without further questions,
        mostly within minutes. An erasure can't be stopped any more, and the credentials that you
        send end with it: note the link in `receipt`.

        A code works once: a wrong one fails with 422 `code_invalid`. For a new code, withdraw
        the request and make another. Fails with 409 `conflict` for a request that does not wait
        to be confirmed.

        Scope: `data_rights:write`.

        Args:
            id: The request's id.
            code: The code in the mail. Dashes and capitals don't matter.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/data-rights/requests/{segment(id)}/verify",
            DataRequest,
            body={"code": code},
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def withdraw(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> DataRequest:
        """Withdraw a request.

        Takes back a request that was not confirmed yet; its code is void. Fails with 409
        `conflict` for any other.

        Scope: `data_rights:write`.

        Args:
            id: The request's id.
            idempotency_key: Makes a repetition of the call safe; by default one is made up,
                which makes retries safe.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "POST",
            f"/v1/data-rights/requests/{segment(id)}/withdraw",
            DataRequest,
            takes_idempotency_key=True,
            idempotency_key=idempotency_key,
            options=options,
        )
        return await self._transport.send(call)

    async def archive(
        self,
        id: str,
        *,
        range: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncDownload:
        """Download the archive.

        The zip archive of a fulfilled, or partially fulfilled, access request. `README.txt` in
        it says what is where. `Range` requests are answered with the part that was asked for.
        Fails with 409 `conflict` when there is no archive yet, or never will be, and with 410
        `erased` when its 14 days are over: ask for a new one.

        Scope: `data_rights:read`.

        Args:
            id: The request's id.
            range: As in `bytes=0-1023`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/data-rights/requests/{segment(id)}/archive",
            ResponseInfo,
            headers={"Range": range},
            accept="*/*",
            options=options,
        )
        return await AsyncDownload.open(self._transport, call)

    async def receipt(
        self,
        id: str,
        *,
        token: str | Omit = OMIT,
        options: Options | None = None,
    ) -> DataReceipt:
        """Get the receipt.

        What was done for a fulfilled request, table by table, and what was kept and why, signed.
        Either your key or the `token` of the request's `receipt` link opens it; the link stays
        good after an erasure. Fails with 409 `conflict` until the request is fulfilled.

        Args:
            id: The request's id.
            token: From the link; instead of a key.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/data-rights/requests/{segment(id)}/receipt",
            DataReceipt,
            query={"token": token},
            auth="optional",
            options=options,
        )
        return await self._transport.send(call)
