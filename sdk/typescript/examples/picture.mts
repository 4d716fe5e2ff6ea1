// A picture from a prompt.
//
//   node examples/picture.mts "a lighthouse at dawn" lighthouse.png

import { InsufficientCreditsError, Tintype } from "tintype";

const [prompt = "a lighthouse at dawn", path = "picture.png"] = process.argv.slice(2);
const tintype = new Tintype();

try {
  const picture = await tintype.generations.createAndWait({
    model: "sandbox-image",
    input: { prompt },
  });
  const [output] = picture.outputs;
  if (output === undefined) {
    throw new Error(`${picture.id} has ${picture.status}: ${picture.error?.message}`);
  }
  await tintype.files.content(output.file_id).saveTo(path);
  console.log(`${path}: ${output.width} × ${output.height}, ${picture.cost.captured} credits`);
} catch (error) {
  if (!(error instanceof InsufficientCreditsError)) {
    throw error;
  }
  console.error(`Buy credits first: ${error.message}`);
  process.exitCode = 1;
}
