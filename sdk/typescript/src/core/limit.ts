import { AbortedError, ConnectionError, TimeoutError } from "./errors.js";
import type { TintypeError } from "./errors.js";

/** Ends an attempt after a time, or with the caller's signal; and knows which of the two it was. */
export class Limit {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly timeout: number,
    readonly caller: AbortSignal | undefined,
  ) {
    const own = this.#own;
    this.signal = caller === undefined ? own.signal : AbortSignal.any([own.signal, caller]);
    // What a timer can't count is no limit.
    if (timeout < 2 ** 31) {
      this.#timer = setTimeout(() => own.abort(), timeout);
    }
  }

  /** The error that a failed `fetch` stands for. */
  cause(error: unknown): TintypeError {
    if (this.caller?.aborted) {
      return new AbortedError("the call was aborted", { cause: error });
    }
    if (this.#own.signal.aborted) {
      return new TimeoutError(`no answer within ${this.timeout} milliseconds`, { cause: error });
    }
    return new ConnectionError(`no answer: ${reason(error)}`, { cause: error });
  }

  /** The time limit ends; what is still being read goes on, and the caller may still abort it. */
  lift(): void {
    clearTimeout(this.#timer);
  }
}

/** What `fetch` says is "fetch failed"; why stands below. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
