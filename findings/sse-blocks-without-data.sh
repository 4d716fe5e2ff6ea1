#!/usr/bin/env bash
# openai 3.51.0 (Python) and httpx-sse 0.4.3, on a stream of server-sent events that the
# standard allows: a block with `retry:` alone, and comments that an empty line follows.
#
# The standard says that a block without data is no event. Seen instead, once an `id:` was
# sent or in a block that has only `retry:`:
#   openai     takes it for an event and parses its empty data: JSONDecodeError ends the stream
#   httpx-sse  hands out an event whose data is empty
# With `retry:` in the first event's block, and comments that end in one newline, both read
# every event and no other.
#
# Fails if any of this changes.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openai==3.51.0 httpx-sse==0.4.3 httpx==0.28.1

cat >"$folder/readers.py" <<'PYTHON'
import http.server
import json
import threading
from importlib.metadata import version

import httpx
import httpx_sse
import openai

CHUNK = json.dumps({
    "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
    "choices": [{"index": 0, "delta": {"content": "a"}, "finish_reason": None}],
})
STREAMS = {
    "retry-alone": f"retry: 1000\n\nid: 1\ndata: {CHUNK}\n\n",
    "comment-and-empty-line": f"id: 1\ndata: {CHUNK}\n\n: ping\n\nid: 2\ndata: {CHUNK}\n\n",
    "comment-without-ids": f"data: {CHUNK}\n\n: ping\n\ndata: {CHUNK}\n\n",
    "comment-line": f"retry: 1000\nid: 1\ndata: {CHUNK}\n\n: ping\nid: 2\ndata: {CHUNK}\n\n",
}


class Server(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        body = STREAMS[self.path.split("/")[1]].encode()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()


def by_openai(url):
    client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)
    read = 0
    try:
        for _ in client.chat.completions.create(model="m", messages=[], stream=True):
            read += 1
    except json.JSONDecodeError:
        return f"{read} chunks, then JSONDecodeError"
    return f"{read} chunks"


def by_httpx_sse(url):
    with httpx.Client() as client, httpx_sse.connect_sse(client, "GET", url) as source:
        events = list(source.iter_sse())
    empty = sum(not event.data for event in events)
    return f"{len(events) - empty} events, {empty} empty"


EXPECTED = {
    "retry-alone": ("0 chunks, then JSONDecodeError", "1 events, 1 empty"),
    "comment-and-empty-line": ("1 chunks, then JSONDecodeError", "2 events, 1 empty"),
    "comment-without-ids": ("2 chunks", "2 events, 0 empty"),
    "comment-line": ("2 chunks", "2 events, 0 empty"),
}
print(f"openai {version('openai')}, httpx-sse {version('httpx-sse')}")
changed = False
for name, expected in EXPECTED.items():
    url = f"http://127.0.0.1:{server.server_port}/{name}"
    seen = (by_openai(url), by_httpx_sse(url))
    print(f"{name:24} openai: {seen[0]:32} httpx-sse: {seen[1]}")
    changed |= seen != expected
raise SystemExit("It has changed." if changed else 0)
PYTHON
"$folder/venv/bin/python" "$folder/readers.py"

# Seen on 2026-11-30, with Python 3.11:
#   openai 3.51.0, httpx-sse 0.4.3
#   retry-alone              openai: 0 chunks, then JSONDecodeError   httpx-sse: 1 events, 1 empty
#   comment-and-empty-line   openai: 1 chunks, then JSONDecodeError   httpx-sse: 2 events, 1 empty
#   comment-without-ids      openai: 2 chunks                         httpx-sse: 2 events, 0 empty
#   comment-line             openai: 2 chunks                         httpx-sse: 2 events, 0 empty
