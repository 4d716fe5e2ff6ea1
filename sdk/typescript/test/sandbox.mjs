// A Tintype to test against: the one that TINTYPE_BASE_URL and TINTYPE_API_KEY name, else one of
// our own, from a binary that `cargo build` made.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../../target", import.meta.url));
const binary = process.env.TINTYPE_BINARY ?? join(target, "debug/tintype");
const given = process.env.TINTYPE_BASE_URL;

/** Why live tests are left out, or false. */
export const skip = !given && !existsSync(binary) && "no server: run `cargo build`, or set TINTYPE_BASE_URL";

/** `{ TINTYPE_BASE_URL, TINTYPE_API_KEY }`; the server ends with the tests of this file. */
export async function sandbox() {
  if (given) {
    return { TINTYPE_BASE_URL: given, TINTYPE_API_KEY: process.env.TINTYPE_API_KEY };
  }
  const data = await mkdtemp(join(tmpdir(), "tintype-"));
  const env = { TINTYPE_LISTEN: "127.0.0.1:0", TINTYPE_DATA_DIR: data, TINTYPE_LOG_LEVEL: "warn" };
  const server = spawn(binary, ["serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  after(async () => {
    server.kill();
    await ended;
    await rm(data, { recursive: true });
  });
  const greeting = {};
  for await (const line of createInterface({ input: server.stdout })) {
    const [, name, value] = /^\s+(Address|Test key)\s+(\S+)$/.exec(line) ?? [];
    greeting[name] = value;
    if (line.includes("Ctrl-C")) {
      return { TINTYPE_BASE_URL: greeting.Address, TINTYPE_API_KEY: greeting["Test key"] };
    }
  }
  throw new Error("the server did not start");
}
