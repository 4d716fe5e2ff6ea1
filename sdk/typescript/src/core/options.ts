import type { Logger, LogLevel } from "./log.js";

/** What `fetch` looks like. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a client behaves. Every option has a default. */
export interface ClientOptions {
  /**
   * An API key (`tt_live_…`, `tt_test_…`) or the access token of a session. Read from the
   * environment variable `TINTYPE_API_KEY` if you give none.
   */
  apiKey?: string | undefined;
  /** Where the API is. Read from the environment variable `TINTYPE_BASE_URL` if you give none. */
  baseURL?: string | undefined;
  /** How many milliseconds one attempt may take: 60,000. */
  timeout?: number | undefined;
  /** How often a request is repeated after a failure that may pass: 2. */
  maxRetries?: number | undefined;
  /** Sent with every request. */
  headers?: Record<string, string> | undefined;
  /** Instead of the global `fetch`. */
  fetch?: Fetch | undefined;
  /** Where to log to: the console. Keys and bodies are never logged. */
  logger?: Logger | undefined;
  /** From which level on: `off`, or what the environment variable `TINTYPE_LOG` says. */
  logLevel?: LogLevel | undefined;
}

/** What one call may change. */
export interface RequestOptions {
  /**
   * Makes a repetition of this call safe, also from another process. By default every call has a
   * key of its own, which its retries keep.
   */
  idempotencyKey?: string | undefined;
  /** How many milliseconds one attempt may take. */
  timeout?: number | undefined;
  /** How often the request is repeated after a failure that may pass. */
  maxRetries?: number | undefined;
  headers?: Record<string, string> | undefined;
  /** Aborts the call and its retries. */
  signal?: AbortSignal | undefined;
}

/** For calls whose answer may wait until something has ended. */
export interface WaitingOptions extends RequestOptions {
  /** How many seconds the server may wait before it answers, 60 at most. */
  waitSeconds?: number | undefined;
}

/** For streams that go on behind an event. */
export interface StreamOptions extends RequestOptions {
  /** The `id` of the last event that you have; those behind it follow. */
  lastEventId?: string | undefined;
}
