/** The pieces of a body as they come. `cause` makes an error of ours from what broke it off. */
export async function* pieces(
  body: ReadableStream<Uint8Array>,
  cause: (error: unknown) => Error,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } catch (error) {
    throw cause(error);
  } finally {
    // Closes the connection of whoever stops early.
    await reader.cancel().catch(() => undefined);
  }
}

/** What a generator yields, as a stream that asks for it when there is room. */
export function readable(pieces: AsyncGenerator<Uint8Array, void, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
    async cancel() {
      await pieces.return();
    },
  });
}
