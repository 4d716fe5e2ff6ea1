"""The rules that need no network: retries, values on the wire, events, unions, signatures."""

import base64
import hashlib
import hmac
import json
import pickle
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any

import pytest
from pydantic import Tag, TypeAdapter

from tintype import OMIT, NotFoundError, Unknown, Webhook, WebhookVerificationError
from tintype._core.models import APIObject
from tintype._core.retry import delay, retry_after, should_retry
from tintype._core.sse import Decoder
from tintype._core.unions import UNKNOWN, told_by
from tintype._core.wire import json_bytes, pairs, segment, timestamp


@pytest.mark.parametrize(
    ("status", "headers", "repeatable", "expected"),
    [
        (503, {}, True, True),
        (503, {}, False, False),
        (408, {}, True, True),
        (429, {}, False, True),
        (404, {}, True, False),
        (409, {}, True, False),
        (409, {"retry-after": "1"}, True, True),
        (503, {"x-should-retry": "false"}, True, False),
        (404, {"x-should-retry": "true"}, True, True),
        (404, {"x-should-retry": "true"}, False, False),
    ],
)
def test_what_is_repeated(
    status: int, headers: dict[str, str], repeatable: bool, expected: bool
) -> None:
    assert should_retry(status, headers, repeatable=repeatable) is expected


def test_pauses_grow_to_eight_seconds_and_vary_downwards() -> None:
    assert [delay(n, {}, chance=lambda: 0) for n in range(6)] == [0.5, 1, 2, 4, 8, 8]
    assert delay(1, {}, chance=lambda: 1) == 0.75


def test_the_server_says_when_to_come_back() -> None:
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert retry_after({"retry-after": "7"}) == 7
    assert retry_after({"retry-after": "Sat, 21 Nov 2026 09:30:05 GMT"}, now=now) == 5
    assert retry_after({"retry-after": "Sat, 21 Nov 2026 09:29:00 GMT"}, now=now) == 0
    assert retry_after({"retry-after": "soon"}) is None
    assert delay(0, {"retry-after": "120"}) == 120
    assert delay(0, {"retry-after": "121"}) <= 0.5


def test_values_on_the_wire() -> None:
    assert segment("a/b c") == "a%2Fb%20c"
    for nothing in ("", ".", ".."):
        with pytest.raises(ValueError, match="no id"):
            segment(nothing)
    assert pairs({"a": [1, 2], "b": True, "c": OMIT, "d": None}) == [
        ("a", "1"),
        ("a", "2"),
        ("b", "true"),
    ]
    body = {"a": OMIT, "b": None, "c": {"d": OMIT, "e": ("ä",)}}
    assert json.loads(json_bytes(body)) == {"b": None, "c": {"e": ["ä"]}}


def test_times_need_a_zone() -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=1)))
    assert timestamp(noon) == "2026-11-21T11:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        timestamp(datetime(2026, 11, 21))


def test_events_are_read_however_they_are_cut() -> None:
    text = "\ufeff: hi\r\nid: 1\r\nevent: a\r\ndata: é\r\ndata: x\r\n\r\nretry: 20\ndata:y\n\n"
    decoder = Decoder()
    events = [event for byte in text.encode() for event in decoder.feed(bytes([byte]))]
    assert [(event.event, event.id, event.data) for event in events] == [
        ("a", "1", "é\nx"),
        ("message", "1", "y"),
    ]
    assert (decoder.last_event_id, decoder.retry) == ("1", 0.02)
    assert not decoder.feed(b"id: 2\ndata: half")
    decoder.restart()
    assert decoder.last_event_id == "1"


class Cat(APIObject):
    kind: str
    lives: int


def test_unions_are_open() -> None:
    animal = Annotated[
        Annotated[Cat, Tag("cat")] | Annotated[Unknown, Tag(UNKNOWN)], told_by("kind", "cat")
    ]
    adapter: TypeAdapter[Cat | Unknown] = TypeAdapter(animal)
    cat = adapter.validate_python({"kind": "cat", "lives": 9, "name": "Tom"})
    assert isinstance(cat, Cat)
    assert cat.model_extra == {"name": "Tom"}
    dog = adapter.validate_python({"kind": "dog"})
    assert isinstance(dog, Unknown)
    assert dog.model_extra == {"kind": "dog"}


def test_errors_survive_pickling() -> None:
    error = NotFoundError(404, {"code": "not_found", "detail": "Gone."}, {"x-request-id": "req_1"})
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.request_id) == ("404 not_found: Gone. (request req_1)", "req_1")


def sign(key: bytes, body: str, sent_at: float) -> dict[str, str]:
    stamp = str(int(sent_at))
    mac = hmac.new(key, f"evt_1.{stamp}.{body}".encode(), hashlib.sha256).digest()
    signature = f"v1,AAAA v1,{base64.b64encode(mac).decode()}"
    return {"Webhook-Id": "evt_1", "Webhook-Timestamp": stamp, "Webhook-Signature": signature}


def test_webhooks() -> None:
    old, new = b"o" * 24, b"n" * 24
    webhook = Webhook(*(f"whsec_{base64.b64encode(key).decode()}" for key in (old, new)))
    body = '{"type": "moon.full", "data": {"phase": 1}}'
    event = webhook.verify(body, sign(new, body, time.time()))
    assert (event.type, event.data) == ("moon.full", {"phase": 1})
    for bad, headers in [
        (body + " ", sign(new, body, time.time())),
        (body, sign(b"x" * 24, body, time.time())),
        (body, sign(new, body, time.time() - 301)),
        (body, {}),
    ]:
        with pytest.raises(WebhookVerificationError):
            webhook.verify(bad, headers)
    with pytest.raises(ValueError, match="whsec_"):
        Webhook("secret")


@pytest.mark.parametrize("name", ["id", "timestamp", "signature"])
@pytest.mark.parametrize("value", ["\udcff", "é", "٣", "v1,\udcff", b"evt_1", ["evt_1"], 7, None])
def test_a_webhook_with_any_header_is_verified_or_refused(name: str, value: object) -> None:
    key = b"k" * 24
    webhook = Webhook(f"whsec_{base64.b64encode(key).decode()}")
    body = '{"type": "moon.full", "data": {"phase": 1}}'
    headers: dict[str, Any] = {**sign(key, body, time.time()), f"Webhook-{name.title()}": value}
    with pytest.raises(WebhookVerificationError):
        webhook.verify(body, headers)


def test_a_webhook_with_any_body_is_verified_or_refused() -> None:
    key = b"k" * 24
    webhook = Webhook(f"whsec_{base64.b64encode(key).decode()}")
    bodies: list[Any] = ["\ud800", b"\xff", "", "null", "[" * 10_000, {"type": "moon.full"}, None]
    for body in bodies:
        signed = body if isinstance(body, str) and body.isascii() else ""
        with pytest.raises(WebhookVerificationError):
            webhook.verify(body, sign(key, signed, time.time()))
