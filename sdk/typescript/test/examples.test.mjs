// The examples, and the README's first call, as somebody would run them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Tintype } from "tintype";

import { sandbox, skip } from "./sandbox.mjs";

const server = skip ? {} : await sandbox();
const env = { ...process.env, ...server };
const client = () => new Tintype({ baseURL: server.TINTYPE_BASE_URL, apiKey: server.TINTYPE_API_KEY });
const folder = await mkdtemp(join(tmpdir(), "tintype-examples-"));
after(() => rm(folder, { recursive: true }));

const examples = fileURLToPath(new URL("../examples/build/", import.meta.url));

/** Runs it to its end; what it printed. */
async function run(script, ...words) {
  const child = spawn(process.execPath, [script, ...words], { cwd: folder, env });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (piece) => (printed.stdout += piece));
  child.stderr.on("data", (piece) => (printed.stderr += piece));
  const [code] = await once(child, "close");
  assert.equal(code, 0, printed.stderr);
  return printed;
}

const start = async (path, length) => (await readFile(join(folder, path))).subarray(0, length);
const PNG = Buffer.from("\x89PNG", "latin1");

test("picture", { skip }, async () => {
  const { stdout } = await run(join(examples, "picture.mjs"), "a lighthouse at dawn", "lighthouse.png");
  assert.match(stdout, /^lighthouse\.png: \d+ × \d+, \S+ credits\n$/);
  assert.deepEqual(await start("lighthouse.png", 4), PNG);
});

test("video", { skip }, async () => {
  const { stdout, stderr } = await run(join(examples, "video.mjs"), "waves at night", "waves.webm");
  assert.equal(stdout, "waves.webm\n");
  assert.match(stderr, /█{30} 100 % succeeded/);
});

test("batch, and again", { skip }, async () => {
  const table = 'cat,a cat\ndog,"a dog, a ""big"" one"\nowl,an owl\nelk,an elk\nfox,a fox\n';
  await writeFile(join(folder, "pictures.csv"), table);
  const first = await run(join(examples, "batch.mjs"), "pictures.csv", "pictures");
  assert.equal(first.stdout.match(/succeeded/g).length, 5);
  assert.equal((await readdir(join(folder, "pictures"))).length, 5);
  await rm(join(folder, "pictures/cat.png"));
  const { spent } = await client().credits.get();
  const again = await run(join(examples, "batch.mjs"), "pictures.csv", "pictures");
  assert.match(again.stdout, /^pictures\/cat\.png: succeeded\n$/);
  assert.equal((await client().credits.get()).spent, spent);
  const prompts = (await client().generations.list({ limit: 10 })).data.map(({ input }) => input.prompt);
  assert(prompts.includes('a dog, a "big" one'));
});

test("erase", { skip }, async () => {
  const end_user = `customer-${randomUUID()}`;
  for (const prompt of ["one", "sandbox:slow=3"]) {
    await client().generations.create({ model: "sandbox-image", input: { prompt }, end_user });
  }
  const { stdout } = await run(join(examples, "erase.mjs"), end_user);
  assert.equal(stdout, `2 generations of ${end_user} are erased.\n`);
  const { data } = await client().generations.list({ end_user });
  assert(data.every(({ erased_at, input }) => erased_at !== null && input.prompt === undefined));
});

test("webhook", async () => {
  const secret = randomBytes(24);
  const TINTYPE_WEBHOOK_SECRET = `whsec_${secret.toString("base64")}`;
  const receiver = spawn(process.execPath, [join(examples, "webhook.mjs")], {
    env: { ...process.env, TINTYPE_WEBHOOK_SECRET, PORT: "0" },
  });
  const printed = receiver.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  try {
    const [, port] = /port: (\d+)/.exec((await printed.next()).value);
    const deliver = (body, signed = body) => {
      const timestamp = Math.floor(Date.now() / 1000);
      const hash = createHmac("sha256", secret).update(`evt_1.${timestamp}.${signed}`);
      const headers = {
        "webhook-id": "evt_1",
        "webhook-timestamp": String(timestamp),
        "webhook-signature": `v1,${hash.digest("base64")}`,
      };
      return fetch(`http://127.0.0.1:${port}`, { method: "POST", headers, body });
    };
    const body = JSON.stringify({ type: "generation.succeeded", timestamp: new Date(), data: {} });
    assert.equal((await deliver(body)).status, 204);
    assert.equal((await printed.next()).value, "evt_1 generation.succeeded\n");
    assert.equal((await deliver(body)).status, 204);
    assert.equal((await deliver(body.replace("succeeded", "failed"), body)).status, 400);
  } finally {
    receiver.kill();
  }
});

test("the README's first call has at most eight lines, and works", { skip }, async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, code] = /```ts\n(.*?)```/s.exec(readme);
  const lines = code.trimEnd().split("\n");
  assert(lines.filter((line) => line !== "").length <= 8);
  // Beside the examples, where "tintype" is this package.
  const script = join(examples, "readme.mjs");
  await writeFile(script, code);
  await run(script);
  const [name] = (await readdir(folder)).filter((name) => name.startsWith("file_"));
  assert.deepEqual(await start(name, 4), PNG);
});
