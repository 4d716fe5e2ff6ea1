// The samples of the reference are programs: they compile.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../examples/build/samples/", import.meta.url));

test("all samples compile", () => {
  const samples = JSON.parse(readFileSync(new URL("../../samples.json", import.meta.url), "utf8"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [operation, { typescript }] of Object.entries(samples)) {
    writeFileSync(`${folder}${operation}.mts`, typescript);
  }
  const config = { extends: "../../tsconfig.json", include: ["*.mts"], exclude: [] };
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify(config));
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "--noEmit", "-p", folder], { stdio: ["ignore", "inherit", "inherit"] });
});
