import { TimeoutError } from "./errors.js";
import type { RequestOptions, WaitingOptions } from "./options.js";
import { sleep } from "./retry.js";

/** How to wait for an end. */
export interface WaitOptions<T> extends RequestOptions {
  /** Told the state whenever it was looked at, at the end for the last time. */
  onProgress?: ((state: T) => void) | undefined;
  /**
   * After how many milliseconds to give up with a `TimeoutError`. By default never: the
   * server itself ends what takes too long.
   */
  waitTimeout?: number | undefined;
}

interface Wait<T> {
  first: (options: WaitingOptions) => Promise<T>;
  again: (state: T, options: WaitingOptions) => Promise<T>;
  ended: (state: T) => boolean;
  options: WaitOptions<T>;
}

/** How long the server waits at a time; shorter where someone watches. */
const LOOK = 30;
const WATCH = 2;

/** Asks until it has ended. The server answers at the end, so this rarely asks in vain. */
export async function waitFor<T>({ first, again, ended, options }: Wait<T>): Promise<T> {
  const { onProgress, waitTimeout, idempotencyKey, ...rest } = options;
  const until = waitTimeout === undefined ? Infinity : Date.now() + waitTimeout;
  const waiting = (): WaitingOptions => {
    const left = Math.max(0, Math.floor((until - Date.now()) / 1000));
    return { ...rest, waitSeconds: Math.min(onProgress ? WATCH : LOOK, left) };
  };
  let asked = Date.now();
  let state = await first(idempotencyKey === undefined ? waiting() : { ...waiting(), idempotencyKey });
  for (;;) {
    onProgress?.(state);
    if (ended(state)) {
      return state;
    }
    if (Date.now() >= until) {
      throw new TimeoutError(`it had not ended after ${waitTimeout} milliseconds`);
    }
    // A server that answers at once shall not be asked without pause.
    const pause = Math.min(asked + 1000, until) - Date.now();
    if (pause > 0) {
      await sleep(pause / 1000, rest.signal);
    }
    asked = Date.now();
    state = await again(state, waiting());
  }
}
