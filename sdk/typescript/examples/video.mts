// A video, with a progress bar. Ctrl-C cancels it.
//
//   node examples/video.mts "waves at night" waves.webm

import { AbortedError, ConflictError, Tintype } from "tintype";
import type { Generation } from "tintype";

const [prompt = "waves at night", path = "video.webm"] = process.argv.slice(2);
const tintype = new Tintype();
const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort());

function show({ status, progress }: Generation): void {
  const done = "█".repeat(Math.round((progress / 100) * 30)).padEnd(30, "░");
  process.stderr.write(`\r${done} ${String(progress).padStart(3)} % ${status.padEnd(9)}`);
}

const { id } = await tintype.generations.create({
  model: "sandbox-video",
  input: { prompt, seconds: 4 },
});
try {
  const film = await tintype.generations.wait(id, { onProgress: show, signal: interrupt.signal });
  process.stderr.write("\n");
  for (const { file_id } of film.outputs) {
    await tintype.files.content(file_id).saveTo(path);
    console.log(path);
  }
  if (film.status !== "succeeded") {
    console.error(film.error?.message ?? film.status);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof AbortedError)) {
    throw error;
  }
  const canceled = await tintype.generations.cancel(id).catch((error: unknown) => {
    // Too late, or its model can't stop.
    if (error instanceof ConflictError) {
      return tintype.generations.get(id);
    }
    throw error;
  });
  console.error(`\n${id}: ${canceled.status}`);
  process.exitCode = 130;
}
