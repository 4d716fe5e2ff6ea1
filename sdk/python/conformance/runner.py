"""Makes the calls of the conformance suite and says what came of them.

It knows no expectations; `sdk/conformance/README.md` has the contract. One text serves both
clients: the blocking one's results are simply there when they are awaited.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Coroutine
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from inspect import isawaitable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

import tintype
from tintype._core.call import Call
from tintype._core.streaming import open_async_stream, open_stream

IS_ASYNC = os.environ.get("CONFORMANCE_VARIANT") == "async"
TIMES = {"created_after", "created_before", "deadline", "expires_at"}
FAMILIES = {
    tintype.APITimeoutError: "timeout",
    tintype.APIConnectionError: "connection",
    tintype.BadRequestError: "bad_request",
    tintype.AuthenticationError: "authentication",
    tintype.InsufficientCreditsError: "insufficient_credits",
    tintype.PermissionDeniedError: "permission_denied",
    tintype.NotFoundError: "not_found",
    tintype.ConflictError: "conflict",
    tintype.GoneError: "gone",
    tintype.UnprocessableError: "unprocessable",
    tintype.RateLimitError: "rate_limited",
    tintype.ServerError: "server_error",
    tintype.APIError: "api",
    tintype.WebhookVerificationError: "webhook",
}


class Lines(logging.Handler):
    """Every line that is logged while a request is made, the HTTP library's too."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        for name in ("tintype", "httpx2"):
            logger = logging.getLogger(name)
            logger.setLevel(logging.DEBUG)
            logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Run:
    """One case."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.report: dict[str, Any] = {"case": case["name"]}
        self.items: list[Any] | None = None

    async def value(self) -> object:
        """Makes the call."""
        call = self.case["call"]
        if call == "webhooks.verify":
            webhook = self.case["webhook"]
            verifier = tintype.Webhook(webhook["secret"])
            return verifier.verify(webhook["body"], webhook["headers"])
        kind = tintype.AsyncTintype if IS_ASYNC else tintype.Tintype
        given = self.case["client"]
        client: Any = kind() if given == "environment" else kind(**given)
        try:
            return await self.made(client, call)
        finally:
            await done(client.close())

    async def made(self, client: Any, call: str) -> object:
        arguments = {
            name: datetime.fromisoformat(value) if name in TIMES else value
            for name, value in self.case.get("arguments", {}).items()
        }
        options = dict(self.case.get("options", {}))
        for name in ("idempotency_key", "wait", "wait_timeout"):
            if name in options:
                arguments[name] = options.pop(name)
        match call:
            case "core.stream":
                opened = open_async_stream if IS_ASYNC else open_stream
                request = Call("GET", arguments["path"], tintype.ResponseInfo, options=options)
                events: TypeAdapter[object] = TypeAdapter(object)
                return await self.all(await done(opened(client._transport, request, events)))
            case "core.upload":
                file = self.case["file"]
                upload = tintype.Upload(Path(file["path"]), file["name"], file["content_type"])
                request = Call(
                    "POST",
                    arguments["path"],
                    tintype.APIObject,
                    body=arguments["fields"],
                    files={"file": upload},
                    takes_idempotency_key=True,
                    idempotency_key=arguments.get("idempotency_key"),
                    options=options,
                )
                return await self.whole(client._transport.send(request))
            case "core.patch":
                absent = dict.fromkeys(arguments.get("absent", []), tintype.OMIT)
                body = {**arguments.get("set", {}), **absent}
                path = arguments["path"]
                request = Call("PATCH", path, tintype.APIObject, body=body, options=options)
                return await self.whole(client._transport.send(request))
        resource, _, method = call.partition(".")
        method = {"list_page": "list", "content_stream": "content"}.get(method, method)
        positional = [self.case["id"]] if "id" in self.case else []
        if call in ("generations.wait", "generations.create_and_wait"):
            progress = self.report["progress"] = []
            arguments["on_progress"] = lambda it: progress.append(
                {"status": it.status, "progress": it.progress}
            )
        verb = getattr(getattr(client, resource), method)
        result = verb(*positional, **arguments, options=options)
        match call:
            case "generations.list" | "credits.ledger":
                return await self.all(result)
            case "generations.events":
                return await self.all(await done(result))
            case "generations.list_page":
                page = await done(result)
                return {
                    "data": page.data,
                    "has_more": page.has_more,
                    "next_cursor": page.next_cursor,
                }
            case "files.content":
                await done((await done(result)).save(self.case["save_to"]))
                return None
            case "files.content_stream":
                digest, size = sha256(), 0
                async for piece in each((await done(result)).iter_bytes()):
                    digest.update(piece)
                    size += len(piece)
                return {"bytes": size, "sha256": digest.hexdigest()}
            case _:
                return await self.whole(result)

    async def whole(self, result: Any) -> object:
        value = await done(result)
        info = value if isinstance(value, tintype.ResponseInfo) else value.last_response
        self.report["request_id"] = info.request_id
        return None if isinstance(value, tintype.ResponseInfo) else value

    async def all(self, result: Any) -> list[Any]:
        self.items = []
        async for item in each(result):
            self.items.append(item)
            if len(self.items) == self.case.get("take"):
                break
        if hasattr(result, "close"):
            await done(result.close())
        return self.items


async def done(result: Any) -> Any:
    return await result if isawaitable(result) else result


async def each(source: Any) -> AsyncIterator[Any]:
    if hasattr(source, "__aiter__"):
        async for item in source:
            yield item
    else:
        for item in source:
            yield item


def at_once(work: Coroutine[Any, Any, object]) -> object:
    """Runs what never really waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("a blocking client was awaited")


async def called_off(after: float, work: Coroutine[Any, Any, object]) -> object:
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().call_later(after, task.cancel)
    return await task


def described(error: Exception) -> dict[str, Any]:
    family = next((name for kind, name in FAMILIES.items() if isinstance(error, kind)), "other")
    description: dict[str, Any] = {
        "family": family,
        "base": isinstance(error, tintype.TintypeError),
        "message": str(error),
    }
    if isinstance(error, tintype.APIError):
        for name in ("status", "code", "title", "detail", "request_id", "retry_after", "context"):
            description[name] = getattr(error, name)
        description["errors"] = [asdict(one) for one in error.errors]
    return without_none(description)


def without_none(value: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if one is not None}


def to_json(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, tintype.Event):
        return {"event": value.event, "id": value.id, "data": value.data}
    raise TypeError(type(value).__name__)


def play(case: dict[str, Any], log: Lines) -> dict[str, Any]:
    log.lines.clear()
    run = Run(case)
    try:
        work = run.value()
        if "cancel_after" in case:
            work = called_off(case["cancel_after"], work)
        run.report["value"] = asyncio.run(work) if IS_ASYNC else at_once(work)
    except asyncio.CancelledError:
        run.report["error"] = {"family": "canceled"}
    except Exception as error:
        run.report["error"] = described(error)
    if "error" in run.report and run.items is not None:
        run.report["items"] = run.items
    run.report["log"] = list(log.lines)
    return run.report


def main() -> None:
    log = Lines()
    for case in json.loads(Path(os.environ["CONFORMANCE_CASES"]).read_text()):
        print(json.dumps(play(case, log), default=to_json), flush=True)


if __name__ == "__main__":
    sys.exit(main())
