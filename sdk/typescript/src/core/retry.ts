import { AbortedError, retryAfter } from "./errors.js";

/** Longer than this nobody waits inside a call; the usual pause is made instead. */
const LONGEST = 120;

/**
 * After how many seconds to repeat a request that was answered so, or `undefined` for not at all.
 *
 * `repeatable`: doing it twice does no harm. What was turned away for its rate was not done, so
 * anything may be repeated after 429.
 */
export function retryDelay(response: Response, attempt: number, repeatable: boolean): number | undefined {
  const { status, headers } = response;
  const after = retryAfter(headers);
  const advice = headers.get("x-should-retry");
  // 409 with `Retry-After`: the first request with this idempotency key is still at work.
  const passing = [408, 429].includes(status) || status >= 500 || (status === 409 && after !== undefined);
  const harmless = repeatable || status === 429;
  if (advice === "false" || !harmless || !(passing || advice === "true")) {
    return undefined;
  }
  return after !== undefined && after <= LONGEST ? after : backoff(attempt);
}

/** Half a second, doubling up to eight, less up to a quarter so that clients don't march in step. */
export function backoff(attempt: number): number {
  return Math.min(8, 0.5 * 2 ** attempt) * (1 - Math.random() / 4);
}

/** Fulfilled after so many seconds; rejected once the signal is aborted. */
export function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new AbortedError("the call was aborted", { cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal?.aborted) {
      stop();
    }
    signal?.addEventListener("abort", stop, { once: true });
  });
}
