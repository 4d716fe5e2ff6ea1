// What the generator writes for a document with all that it can do: a form, a stream, a union, a
// webhook.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const skip = spawnSync("cargo", ["--version"]).status !== 0 && "there is no cargo";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("a client of the studio compiles", { skip }, () => {
  const root = mkdtempSync(join(tmpdir(), "tintype-studio-"));
  try {
    const client = join(root, "sdk/typescript");
    for (const path of ["src", "tsconfig.json", "package.json"]) {
      cpSync(here(`../${path}`), join(client, path), { recursive: true });
    }
    cpSync(here("studio/use.ts"), join(client, "src/use.ts"));
    const spec = here("../../codegen/tests/studio.yaml");
    const options = ["--only", "typescript", "--spec", spec, "--root", root];
    execFileSync("cargo", ["run", "--quiet", "--package", "sdk-codegen", "--", ...options], {
      cwd: here("../../codegen"),
      stdio: ["ignore", "ignore", "pipe"],
    });
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "--noEmit"], { cwd: client });
  } finally {
    rmSync(root, { recursive: true });
  }
});
