"""Both clients against a server in memory. What all languages do alike is in sdk/conformance."""

# pyright: reportPrivateUsage=false

import io
import logging
import os
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

import httpx2
import pytest

import tintype
from tintype import OMIT, AsyncTintype, Tintype, Upload
from tintype._core.call import Call
from tintype._core.models import APIObject

Handler = Callable[[httpx2.Request], httpx2.Response]

BALANCE = {
    "available": "1",
    "held": "0",
    "granted": "1",
    "spent": "0",
    "expired": "0",
    "unit": "credit",
    "livemode": False,
}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        pass

    def now(seconds: float) -> None:
        pass

    monkeypatch.setattr("time.sleep", now)
    monkeypatch.setattr("anyio.sleep", at_once)


def client(handler: Handler, max_retries: int = 2) -> Tintype:
    http = httpx2.Client(transport=httpx2.MockTransport(handler))
    return Tintype("tt_test_x", base_url="http://test", http_client=http, max_retries=max_retries)


def test_a_key_is_needed_only_where_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TINTYPE_API_KEY", raising=False)
    seen: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={"data": []})

    http = httpx2.Client(transport=httpx2.MockTransport(handler))
    keyless = Tintype(base_url="http://test", http_client=http)
    assert keyless.models.list().data == []
    with pytest.raises(tintype.TintypeError, match="TINTYPE_API_KEY"):
        keyless.credits.get()
    client_with_key = keyless.with_options(api_key="tt_test_x")
    client_with_key.models.list()
    assert all("authorization" not in request.headers for request in seen)


def test_the_same_object_is_equal_whatever_brought_it() -> None:
    numbers = iter("12")
    balances = client(
        lambda _: httpx2.Response(200, json=BALANCE, headers={"x-request-id": next(numbers)})
    ).credits
    first, second = balances.get(), balances.get()
    assert first == second
    assert first.last_response is not None
    assert second.last_response is not None
    assert first.last_response.request_id != second.last_response.request_id


def test_an_answer_that_is_no_balance() -> None:
    with pytest.raises(tintype.InvalidResponseError) as caught:
        client(lambda _: httpx2.Response(200, json={"available": "secret"})).credits.get()
    assert "held" in str(caught.value)
    assert "secret" not in str(caught.value)


def pipe(content: bytes) -> BinaryIO:
    """Can be read once."""
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    return open(reading, "rb")


@pytest.mark.parametrize(("rewindable", "attempts"), [(True, 3), (False, 1)])
def test_only_what_can_be_rewound_is_sent_again(rewindable: bool, attempts: int) -> None:
    bodies: list[bytes] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        bodies.append(request.read())
        return httpx2.Response(503)

    content = io.BytesIO(b"content") if rewindable else pipe(b"content")
    call = Call(
        "POST",
        "/v1/files",
        APIObject,
        body={"title": "T", "note": OMIT},
        files={"file": Upload(content, name="a.txt")},
        takes_idempotency_key=True,
    )
    with pytest.raises(tintype.ServerError):
        client(handler)._transport.send(call)
    content.close()
    assert len(bodies) == attempts
    for body in bodies:
        assert b'filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n' in body
        assert b"note" not in body


def test_a_body_that_trickles_is_given_up() -> None:
    def trickle() -> Iterator[bytes]:
        for _ in range(100):
            yield b" "
            now[0] += 1

    now = [time.monotonic()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tintype._core.transport.time.monotonic", lambda: now[0])
        slow = client(lambda _: httpx2.Response(200, content=trickle()), max_retries=0)
        with pytest.raises(tintype.APITimeoutError):
            slow.with_options(timeout=10).credits.get()


def test_no_link_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    files = client(lambda _: httpx2.Response(200, content=b"x")).files
    assert files.content("file_1", token="s3cret").read() == b"x"
    assert "/v1/files/file_1/content" in caplog.text
    assert "s3cret" not in caplog.text
    assert "tt_test_x" not in caplog.text


@pytest.mark.anyio
async def test_the_asynchronous_client_repeats_with_the_same_key() -> None:
    keys: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) < 3:
            raise httpx2.ReadError("lost")
        return httpx2.Response(404, json={"code": "unknown_model"})

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(handler))
    async with AsyncTintype("tt_test_x", base_url="http://test", http_client=http) as client:
        with pytest.raises(tintype.NotFoundError):
            await client.generations.create(model="m", input={"prompt": "p"})
    assert len(keys) == 3
    assert len(set(keys)) == 1


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
