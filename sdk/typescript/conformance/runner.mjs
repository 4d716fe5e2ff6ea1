// Makes the calls of the conformance suite and prints what comes out: see ../../conformance.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import * as tintype from "tintype";
import { fileAt, Tintype, Webhook } from "tintype";

import { apiError } from "../dist/esm/errors.js";
import { Transport } from "../dist/esm/core/transport.js";

/** Subclasses before the classes that they extend. */
const FAMILIES = [
  [tintype.BadRequestError, "bad_request"],
  [tintype.AuthenticationError, "authentication"],
  [tintype.InsufficientCreditsError, "insufficient_credits"],
  [tintype.PermissionDeniedError, "permission_denied"],
  [tintype.NotFoundError, "not_found"],
  [tintype.ConflictError, "conflict"],
  [tintype.GoneError, "gone"],
  [tintype.UnprocessableError, "unprocessable"],
  [tintype.RateLimitError, "rate_limited"],
  [tintype.ServerError, "server_error"],
  [tintype.APIError, "api"],
  [tintype.ConnectionError, "connection"],
  [tintype.TimeoutError, "timeout"],
  [tintype.WebhookVerificationError, "webhook"],
  [tintype.AbortedError, "canceled"],
];

/** By the suite's name; `self` is the case with its client, options and what it has reported. */
const CALLS = {
  "generations.create": (self) => answered(self.client.generations.create(self.arguments, self.options), self),
  "generations.get": (self) => answered(self.client.generations.get(self.id, self.options), self),
  "generations.cancel": (self) => answered(self.client.generations.cancel(self.id, self.options), self),
  "generations.delete": (self) => answered(self.client.generations.delete(self.id, self.options), self),
  "generations.wait": (self) => self.client.generations.wait(self.id, self.options),
  "generations.create_and_wait": (self) =>
    self.client.generations.createAndWait(self.arguments, self.options),
  "generations.list": (self) => all(self.client.generations.list(self.arguments, self.options), self),
  "generations.list_page": async (self) => {
    const { data, has_more, next_cursor } = await self.client.generations.list(self.arguments, self.options);
    return { data, has_more, next_cursor };
  },
  "generations.events": (self) => all(self.client.generations.events(self.id, self.options), self),
  "keys.create": (self) => answered(self.client.keys.create(self.arguments, self.options), self),
  "keys.revoke": (self) => answered(self.client.keys.revoke(self.id, {}, self.options), self),
  "credits.get": (self) => answered(self.client.credits.get(self.options), self),
  "credits.ledger": (self) => all(self.client.credits.ledger(self.arguments, self.options), self),
  "auth.logout": (self) => answered(self.client.auth.logout(self.options), self),
  "account.get": (self) => answered(self.client.account.get(self.options), self),
  "models.list": (self) => answered(self.client.models.list(self.options), self),
  "models.get": (self) => answered(self.client.models.get(self.id, self.options), self),
  "files.get": (self) => answered(self.client.files.get(self.id, self.options), self),
  "files.content": async (self) => {
    const download = await answered(self.client.files.content(self.id, {}, self.options), self);
    await download.saveTo(self.save_to);
  },
  "files.content_stream": async (self) => {
    const download = await answered(self.client.files.content(self.id, {}, self.options), self);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of download.stream()) {
      hash.update(piece);
      bytes += piece.length;
    }
    return { bytes, sha256: hash.digest("hex") };
  },
  "core.stream": (self) => {
    const request = { method: "GET", path: self.arguments.path, resumes: true };
    return all(self.transport.stream(request, self.options), self);
  },
  "core.upload": async (self) => {
    const { path, name, content_type: type } = self.file;
    const form = { ...self.arguments.fields, file: await fileAt(path, { name, type }) };
    const request = { method: "POST", path: self.arguments.path, form, idempotent: true };
    return answered(self.transport.send(request, self.options), self);
  },
  "core.patch": (self) => {
    const { path, set, absent = [] } = self.arguments;
    const json = { ...set, ...Object.fromEntries(absent.map((name) => [name, undefined])) };
    return answered(self.transport.send({ method: "PATCH", path, json }, self.options), self);
  },
  "webhooks.verify": ({ webhook }) => new Webhook(webhook.secret).verify(webhook.body, webhook.headers),
};

async function answered(promise, self) {
  const { data, requestId } = await promise.withResponse();
  self.outcome.request_id = requestId;
  return data;
}

async function all(iterable, { take = Infinity, outcome }) {
  outcome.items = [];
  for await (const item of iterable) {
    outcome.items.push(item);
    if (outcome.items.length >= take) {
      break;
    }
  }
  return outcome.items;
}

function construct(client, log) {
  const logger = Object.fromEntries(
    ["error", "warn", "info", "debug"].map((level) => [level, (...message) => log.push(message.join(" "))]),
  );
  const logging = { logger, logLevel: "debug" };
  if (client === "environment") {
    return logging;
  }
  const { api_key, base_url, timeout, max_retries } = client;
  return {
    ...logging,
    apiKey: api_key,
    baseURL: base_url,
    timeout: milliseconds(timeout),
    maxRetries: max_retries,
  };
}

function optionsOf({ options = {}, cancel_after }, outcome) {
  const { timeout, max_retries, idempotency_key, headers, wait, wait_timeout } = options;
  const given = {
    timeout: milliseconds(timeout),
    maxRetries: max_retries,
    idempotencyKey: idempotency_key,
    headers,
    waitSeconds: wait,
    waitTimeout: milliseconds(wait_timeout),
    signal: cancel_after === undefined ? undefined : AbortSignal.timeout(cancel_after * 1000),
    onProgress: ({ status, progress }) => (outcome.progress ??= []).push({ status, progress }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const milliseconds = (seconds) => (seconds === undefined ? undefined : seconds * 1000);

/** Times are `Date`s, as somebody would pass them. */
function withDates(values = {}) {
  const isTime = (name) => /_(at|after|before)$|^deadline$/.test(name);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isTime(name) ? new Date(value) : value]),
  );
}

function described(error) {
  const [, family] = FAMILIES.find(([type]) => error instanceof type) ?? [undefined, "other"];
  const described = { family, base: error instanceof tintype.TintypeError, message: String(error) };
  if (error instanceof tintype.APIError) {
    const { status, code, title, detail, requestId, retryAfter, errors, context } = error;
    const more = { status, code, title, detail, errors, context };
    return { ...described, ...more, request_id: requestId, retry_after: retryAfter };
  }
  return described;
}

async function play(one) {
  const outcome = { case: one.name, log: [] };
  try {
    const options = construct(one.client, outcome.log);
    const call = CALLS[one.call];
    if (call === undefined) {
      return { ...outcome, unsupported: `there is no ${one.call}` };
    }
    const self = {
      ...one,
      arguments: withDates(one.arguments),
      options: optionsOf(one, outcome),
      client: new Tintype(options),
      transport: new Transport(options, { baseURL: "", errors: apiError }),
      outcome,
    };
    outcome.value = (await call(self)) ?? null;
    delete outcome.items;
  } catch (error) {
    if (!(error instanceof tintype.TintypeError)) {
      console.error(one.name, error);
    }
    outcome.error = described(error);
  }
  return outcome;
}

for (const one of JSON.parse(readFileSync(process.env.CONFORMANCE_CASES, "utf8"))) {
  console.log(JSON.stringify(await play(one)));
}
// Connections that are kept alive shall not hold us up.
process.exit(0);
