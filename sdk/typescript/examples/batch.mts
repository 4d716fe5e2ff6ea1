// A picture for every line of a CSV file with the columns name and prompt, four at a time. Run it
// again after an interruption: what was asked for is neither made nor charged twice.
//
//   node examples/batch.mts pictures.csv pictures/

import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

import { Tintype } from "tintype";

const [table, folder] = process.argv.slice(2);
if (table === undefined || folder === undefined) {
  console.error("usage: node examples/batch.mts CSV FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const tintype = new Tintype({ maxRetries: 5 });

/** The lines as they come; all workers share them. */
const lines = createInterface({ input: createReadStream(table) })[Symbol.asyncIterator]();

async function work(): Promise<number> {
  let failures = 0;
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const [, name = "", text = ""] = /^([^,]*),"?(.*?)"?$/.exec(next.value) ?? [];
    const prompt = text.replaceAll('""', '"');
    const path = join(folder!, `${basename(name)}.png`);
    if (name === "" || existsSync(path)) {
      continue;
    }
    try {
      console.log(`${path}: ${await paint(prompt, path)}`);
    } catch (error) {
      failures++;
      console.error(`${path}: ${error}`);
    }
  }
  return failures;
}

async function paint(prompt: string, path: string): Promise<string> {
  // The same key for the same picture, also in the next run.
  const idempotencyKey = createHash("sha256").update(`${path}\n${prompt}`).digest("hex");
  const picture = await tintype.generations.createAndWait(
    { model: "sandbox-image", input: { prompt }, metadata: { path } },
    { idempotencyKey },
  );
  for (const { file_id } of picture.outputs) {
    await tintype.files.content(file_id).saveTo(path);
  }
  return picture.status;
}

const failures = await Promise.all([work(), work(), work(), work()]);
process.exitCode = failures.some((count) => count > 0) ? 1 : 0;
