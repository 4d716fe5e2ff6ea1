// The runtime against a server that does as it is told.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import {
  AbortedError,
  APIError,
  ConnectionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  Tintype,
  TintypeError,
} from "tintype";

const MADE = [202, {}, { id: "gen_1", status: "queued", ended_at: null }];
const LOST = "lost";
const SILENT = "silent";

/** Answers request after request with what `script` says, and remembers them. */
async function serving(script, use) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request);
    const step = script[Math.min(seen.length, script.length) - 1];
    if (step === LOST) {
      request.socket.destroy();
    } else if (step !== SILENT) {
      const [status, headers, body] = step;
      response.writeHead(status, headers).end(JSON.stringify(body));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://127.0.0.1:${server.address().port}`;
  const tintype = new Tintype({ baseURL, apiKey: "tt_test_x" });
  try {
    await use(tintype, seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const keys = (seen) => new Set(seen.map((request) => request.headers["idempotency-key"]));
const body = { model: "m", input: {} };

test("a lost reply is asked for again, with the same key", () =>
  serving([LOST, LOST, MADE], async (tintype, seen) => {
    assert.equal((await tintype.generations.create(body)).id, "gen_1");
    assert.equal(seen.length, 3);
    assert.equal(keys(seen).size, 1);
    assert.match(seen[0].headers["user-agent"], /^tintype-typescript\//);
  }));

test("without a key nothing is done twice", () =>
  serving([LOST, MADE], async (tintype, seen) => {
    await assert.rejects(tintype.auth.login({ email: "a@b", password: "x" }), ConnectionError);
    assert.equal(seen.length, 1);
    assert.equal(seen[0].headers.authorization, undefined);
  }));

test("Retry-After is honoured", () =>
  serving([[429, { "retry-after": "0" }, {}], [429, { "retry-after": "121" }, {}]], async (tintype, seen) => {
    await assert.rejects(tintype.credits.get({ maxRetries: 1 }), (error) => {
      assert(error instanceof RateLimitError);
      assert.equal(error.retryAfter, 121);
      return true;
    });
    assert.equal(seen.length, 2);
  }));

test("the server may say whether to try again", () =>
  serving([[503, { "x-should-retry": "false" }, {}]], async (tintype, seen) => {
    await assert.rejects(tintype.credits.get(), ServerError);
    assert.equal(seen.length, 1);
  }));

test("retries can be switched off", () =>
  serving([[500, {}, "not ours"]], async (tintype, seen) => {
    await assert.rejects(tintype.credits.get({ maxRetries: 0 }), (error) => {
      assert(error instanceof ServerError && error instanceof APIError);
      assert.equal(error.code, undefined);
      return true;
    });
    assert.equal(seen.length, 1);
  }));

test("time limits and aborts", () =>
  serving([SILENT], async (tintype, seen) => {
    await assert.rejects(tintype.credits.get({ timeout: 20, maxRetries: 0 }), TimeoutError);
    const aborted = tintype.credits.get({ signal: AbortSignal.timeout(20) });
    await assert.rejects(aborted, AbortedError);
    assert.equal(seen.length, 2);
  }));

test("nothing listens", async () => {
  const tintype = new Tintype({ baseURL: "http://127.0.0.1:1", apiKey: "x", maxRetries: 0 });
  await assert.rejects(tintype.credits.get(), ConnectionError);
});

test("ids can't lead elsewhere", () =>
  serving([MADE], async (tintype, seen) => {
    assert.throws(() => tintype.generations.get(".."), TintypeError);
    await tintype.generations.get("a/b?c");
    assert.equal(seen[0].url, "/v1/generations/a%2Fb%3Fc");
  }));

test("no key, no request", async () => {
  await assert.rejects(new Tintype({ apiKey: "" }).credits.get(), /TINTYPE_API_KEY/);
});

test("unknown values and members pass", () =>
  serving([[200, {}, { id: "gen_1", status: "dreaming", novel: 1 }]], async (tintype) => {
    const generation = await tintype.generations.get("gen_1");
    assert.equal(generation.status, "dreaming");
    assert.equal(generation.novel, 1);
  }));
