// The ES modules in a browser, unbundled. The API sends no CORS headers, for a key has no place in
// a page; as on a real site, the page's own server passes calls on.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { sandbox, skip as noServer } from "./sandbox.mjs";

const names = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"];
const browser = names.find((name) => name && spawnSync(name, ["--version"]).status === 0);
const skip = noServer || (!browser && "there is no Chromium");

const PAGE = `<!doctype html><meta charset="utf-8"><title>Tintype</title><script type="module">
  import { NotFoundError, Tintype } from "/sdk/index.js";
  const tell = (result) => fetch("/result", { method: "POST", body: JSON.stringify(result) });
  try {
    const tintype = new Tintype({ baseURL: location.origin, apiKey: "put in by the page's server" });
    const body = { model: "sandbox-image", input: { prompt: "a lighthouse at dawn" } };
    const { status, outputs } = await tintype.generations.createAndWait(body);
    const image = new Image();
    image.src = URL.createObjectURL(await tintype.files.content(outputs[0].file_id).blob());
    await image.decode();
    const missing = await tintype.generations.get("gen_00000000000000000000000000").catch((error) => error instanceof NotFoundError);
    await tell({ status, width: image.naturalWidth, expected: outputs[0].width, missing });
  } catch (error) {
    await tell({ error: String(error) });
  }
</script>`;

async function body(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

test("a page makes a picture", { skip, timeout: 60_000 }, async () => {
  const { TINTYPE_BASE_URL, TINTYPE_API_KEY } = await sandbox();
  let told;
  const result = new Promise((resolve) => (told = resolve));
  const site = createServer(async (request, response) => {
    const { method, url } = request;
    if (url === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    } else if (url === "/result") {
      told(JSON.parse(await body(request)));
      response.writeHead(204).end();
    } else if (url.startsWith("/sdk/")) {
      const file = new URL(`../dist/esm/${url.slice("/sdk/".length)}`, import.meta.url);
      response.writeHead(200, { "content-type": "text/javascript" }).end(await readFile(file));
    } else if (url.startsWith("/v1/")) {
      const headers = { authorization: `Bearer ${TINTYPE_API_KEY}` };
      for (const name of ["content-type", "idempotency-key", "prefer"]) {
        if (request.headers[name]) {
          headers[name] = request.headers[name];
        }
      }
      const sent = method === "GET" ? undefined : await body(request);
      const answer = await fetch(TINTYPE_BASE_URL + url, { method, headers, body: sent });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") });
      response.end(Buffer.from(await answer.arrayBuffer()));
    } else {
      response.writeHead(404).end();
    }
  });
  await once(site.listen(0, "127.0.0.1"), "listening");
  const profile = await mkdtemp(join(tmpdir(), "tintype-browser-"));
  const page = `http://127.0.0.1:${site.address().port}/`;
  const options = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`];
  const chromium = spawn(browser, [...options, "--remote-debugging-port=0", page], { stdio: "ignore" });
  try {
    const { error, status, width, expected, missing } = await result;
    assert.equal(error, undefined);
    assert.equal(status, "succeeded");
    assert.equal(width, expected);
    assert.equal(missing, true);
  } finally {
    chromium.kill();
    await once(chromium, "exit");
    site.closeAllConnections();
    site.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
