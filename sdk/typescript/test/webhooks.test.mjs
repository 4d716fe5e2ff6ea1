// Deliveries in the shapes in which frameworks hand out headers.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { Webhook, WebhookVerificationError } from "tintype";

const KEY = Buffer.alloc(24, "k");
const BODY = '{"type":"moon.full","data":{"phase":1}}';
const webhook = new Webhook(`whsec_${KEY.toString("base64")}`);

function signed() {
  const sent = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", KEY).update(`msg_1.${sent}.${BODY}`).digest("base64");
  return { "webhook-id": "msg_1", "webhook-timestamp": sent, "webhook-signature": `v1,${signature}` };
}

/** `Headers` as another package brings them: not an instance of the global one. */
class OtherHeaders {
  #inner;
  constructor(pairs) {
    this.#inner = new Headers(pairs);
  }
  get(name) {
    return this.#inner.get(name);
  }
}

test("headers are found in every shape that frameworks have", async () => {
  const plain = signed();
  const entries = Object.entries(plain);
  const { "webhook-signature": signature } = plain;
  for (const headers of [
    plain,
    new Headers(plain),
    new OtherHeaders(plain),
    new Map(entries),
    Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), value])),
    Object.fromEntries(entries.map(([name, value]) => [name, [value]])),
    { ...plain, "webhook-signature": ["v1,AAAA", signature] },
    { ...plain, get: "a header of this name" },
  ]) {
    const event = await webhook.verify(BODY, headers);
    assert.equal(event.type, "moon.full");
  }
});

test("what is missing, empty, doubled or not from the sender is refused, and nothing else is thrown", async () => {
  const plain = signed();
  for (const name of Object.keys(plain)) {
    for (const value of [undefined, "", [], [""], "é", "\udcff", [plain[name], "other"]]) {
      if (name === "webhook-signature" && Array.isArray(value) && value.includes("other")) {
        continue;
      }
      const headers = { ...plain, [name]: value };
      await assert.rejects(webhook.verify(BODY, headers), WebhookVerificationError, `${name}: ${value}`);
    }
  }
  await assert.rejects(webhook.verify(BODY, new Headers()), WebhookVerificationError);
});
