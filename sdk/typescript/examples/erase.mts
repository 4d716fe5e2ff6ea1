// Erases for good all that was made on behalf of one of your end users: prompts, pictures and all.
// What is still under way is called off first.
//
//   node examples/erase.mts customer-7

import { ConflictError, Tintype } from "tintype";
import type { Generation } from "tintype";

const [endUser] = process.argv.slice(2);
if (!endUser) {
  console.error("usage: node examples/erase.mts END_USER");
  process.exit(2);
}
const tintype = new Tintype();

async function erase({ id, ended_at }: Generation): Promise<void> {
  if (ended_at === null) {
    await tintype.generations.cancel(id).catch((error: unknown) => {
      // A model that can't stop: its end is not far.
      if (!(error instanceof ConflictError)) {
        throw error;
      }
    });
    await tintype.generations.wait(id);
  }
  await tintype.generations.delete(id);
}

let erased = 0;
for await (const generation of tintype.generations.list({ end_user: endUser, limit: 100 })) {
  if (generation.erased_at === null) {
    await erase(generation);
    erased++;
  }
}
console.log(`${erased} generations of ${endUser} are erased.`);
