// Two builds of one source: CommonJS, and ES modules for whoever imports.

import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const build = (...options) => execFileSync(process.execPath, [tsc, ...options], { stdio: "inherit" });

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
build("--outDir", "dist/cjs");
build("--outDir", "dist/esm", "--module", "ES2022", "--moduleResolution", "Bundler");
writeFileSync("dist/esm/package.json", '{ "type": "module" }\n');
