// Against a real Tintype and its sandbox.

import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { NotFoundError, Tintype, UnprocessableError } from "tintype";
import { sandbox, skip } from "./sandbox.mjs";

Object.assign(process.env, skip ? {} : await sandbox());
const tintype = new Tintype();
const picture = { model: "sandbox-image", input: { prompt: "a lighthouse at dawn", n: 1 } };

test("a picture: create, wait, download", { skip }, async () => {
  const states = [];
  const generation = await tintype.generations.createAndWait(picture, {
    onProgress: (state) => states.push(state.status),
  });
  assert.equal(generation.status, "succeeded");
  assert.equal(states.at(-1), "succeeded");
  const [output] = generation.outputs;
  const download = await tintype.files.content(output.file_id);
  assert.equal(download.contentType, "image/png");
  assert.equal(download.size, output.bytes);
  const path = join(tmpdir(), `${generation.id}.png`);
  await download.saveTo(path);
  assert.equal((await readFile(path)).length, output.bytes);
  await rm(path);
  const part = await tintype.files.content(output.file_id, { range: "bytes=0-9" });
  assert.equal((await part.bytes()).length, 10);
});

test("the same key makes one generation", { skip }, async () => {
  const idempotencyKey = crypto.randomUUID();
  const first = await tintype.generations.create(picture, { idempotencyKey });
  const again = await tintype.generations.create(picture, { idempotencyKey }).withResponse();
  assert.equal(again.data.id, first.id);
  assert.equal(again.response.headers.get("idempotent-replayed"), "true");
  assert.match(again.requestId, /^req_/);
});

test("lists go on by themselves", { skip }, async () => {
  const mine = { end_user: crypto.randomUUID() };
  for (let index = 0; index < 5; index++) {
    await tintype.generations.create({ ...picture, ...mine });
  }
  const ids = [];
  for await (const generation of tintype.generations.list({ ...mine, limit: 2 })) {
    ids.push(generation.id);
  }
  assert.equal(new Set(ids).size, 5);
  const page = await tintype.generations.list({ ...mine, limit: 2, created_after: new Date(0) });
  assert.equal(page.data.length, 2);
  assert.equal(page.hasNextPage(), true);
  assert.notEqual((await page.nextPage()).data[0].id, page.data[0].id);
});

test("errors have classes", { skip }, async () => {
  await assert.rejects(tintype.generations.get("gen_00000000000000000000000000"), (error) => {
    assert(error instanceof NotFoundError);
    assert.equal(error.code, "not_found");
    assert.match(error.requestId, /^req_/);
    return true;
  });
  const tooDear = tintype.generations.create({ ...picture, max_cost: "0.000001" });
  await assert.rejects(tooDear, UnprocessableError);
});

test("what needs no key", { skip }, async () => {
  const { data } = await new Tintype({ apiKey: "" }).models.list();
  assert(data.some((model) => model.id === "sandbox-image"));
});
