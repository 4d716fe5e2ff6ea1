import { VERSION } from "../version.js";
import { APIPromise } from "./api-promise.js";
import type { Answer } from "./api-promise.js";
import { Download } from "./download.js";
import { isBrowser, variable } from "./environment.js";
import { AbortedError, ConnectionError, TimeoutError, TintypeError } from "./errors.js";
import type { APIError, Failure } from "./errors.js";
import { Log } from "./log.js";
import type { ClientOptions, Fetch, WaitingOptions } from "./options.js";
import { Page, PagePromise } from "./page.js";
import type { PageBody } from "./page.js";
import { query } from "./query.js";
import { backoff, retryDelay, sleep } from "./retry.js";
import type { Problem } from "../types.js";

/** A request as the resources describe it. */
export interface Request {
  method: string;
  path: string;
  query?: object;
  headers?: Record<string, string | undefined>;
  json?: unknown;
  /** Whether an `Idempotency-Key` makes repeating this POST safe. */
  idempotent?: boolean;
  /** Whether a key is sent: always, if there is one, or never. */
  auth?: "optional" | "none";
}

/** What the generated client adds. */
export interface Defaults {
  baseURL: string;
  errors: (failure: Failure) => APIError;
}

/** Sends requests: with key, time limit and retries; and turns failures into errors. */
export class Transport {
  readonly #apiKey: string | undefined;
  readonly #baseURL: string;
  readonly #timeout: number;
  readonly #maxRetries: number;
  readonly #headers: Record<string, string>;
  readonly #fetch: Fetch;
  readonly #log: Log;
  readonly #errors: (failure: Failure) => APIError;

  constructor(options: ClientOptions, defaults: Defaults) {
    // An empty key is none.
    this.#apiKey = (options.apiKey ?? variable("TINTYPE_API_KEY")) || undefined;
    const baseURL = options.baseURL ?? variable("TINTYPE_BASE_URL") ?? defaults.baseURL;
    this.#baseURL = baseURL.replace(/\/+$/, "");
    this.#timeout = options.timeout ?? 60_000;
    this.#maxRetries = options.maxRetries ?? 2;
    this.#headers = options.headers ?? {};
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init));
    this.#log = new Log(options.logger, options.logLevel);
    this.#errors = defaults.errors;
  }

  /** For an answer in JSON, or an empty one. */
  send<T>(request: Request, options: WaitingOptions = {}): APIPromise<T> {
    return new APIPromise(this.#exchange(request, options, json<T>));
  }

  /** For a page of a list, and those after it. */
  list<T>(request: Request, options: WaitingOptions = {}): PagePromise<T> {
    const next = (cursor: string) =>
      this.list<T>({ ...request, query: { ...request.query, cursor } }, options);
    const page = async (response: Response) => new Page(await json<PageBody<T>>(response), next);
    return new PagePromise(this.#exchange(request, options, page));
  }

  /** For bytes. The time limit holds until they begin to come. */
  download(request: Request, options: WaitingOptions = {}): APIPromise<Download> {
    const headers = { Accept: "*/*", ...request.headers };
    const read = (response: Response, limit: Limit) =>
      Promise.resolve(new Download(response, (error) => limit.cause(error)));
    return new APIPromise(this.#exchange({ ...request, headers }, options, read));
  }

  async #exchange<T>(
    request: Request,
    options: WaitingOptions,
    read: (response: Response, limit: Limit) => Promise<T>,
  ): Promise<Answer<T>> {
    const headers = this.#headersOf(request, options);
    const init: RequestInit = { method: request.method, headers };
    if (request.json !== undefined) {
      init.body = JSON.stringify(request.json);
    }
    const url = this.#baseURL + request.path + query(request.query ?? {});
    const timeout = (options.timeout ?? this.#timeout) + (options.waitSeconds ?? 0) * 1000;
    const repeatable = request.method !== "POST" || headers.has("idempotency-key");
    const maxRetries = options.maxRetries ?? this.#maxRetries;
    const name = `${request.method} ${request.path}`;
    for (let attempt = 0; ; attempt++) {
      const begun = Date.now();
      const tell = (outcome: string) =>
        this.#log.debug(`${name}: ${outcome} (attempt ${attempt + 1}, ${Date.now() - begun} ms)`);
      const limit = new Limit(timeout, options.signal);
      let delay: number;
      try {
        const response = await this.#fetch(url, { ...init, signal: limit.signal });
        const requestId = response.headers.get("x-request-id") ?? undefined;
        tell(`${response.status} ${requestId ?? "without a request id"}`);
        if (response.ok) {
          return { data: await read(response, limit), response, requestId };
        }
        const wanted = retryDelay(response, attempt, repeatable);
        if (wanted === undefined || attempt >= maxRetries) {
          throw this.#errors(await failure(response));
        }
        // Frees the connection.
        await response.body?.cancel();
        delay = wanted;
      } catch (error) {
        if (error instanceof TintypeError) {
          throw error;
        }
        const cause = limit.cause(error);
        tell(cause.message);
        if (cause instanceof AbortedError || !repeatable || attempt >= maxRetries) {
          throw cause;
        }
        delay = backoff(attempt);
      } finally {
        limit.lift();
      }
      this.#log.info(`${name}: trying again in ${delay.toFixed(1)} s`);
      await sleep(delay, options.signal).catch((reason: unknown) => {
        throw new AbortedError("the call was aborted", { cause: reason });
      });
    }
  }

  #headersOf(request: Request, options: WaitingOptions): Headers {
    const headers = new Headers({ Accept: "application/json", ...this.#headers });
    if (!isBrowser) {
      headers.set("User-Agent", `tintype-typescript/${VERSION}`);
    }
    if (request.auth !== "none" && this.#apiKey !== undefined) {
      headers.set("Authorization", `Bearer ${this.#apiKey}`);
    }
    if (request.json !== undefined) {
      headers.set("Content-Type", "application/json");
    }
    if (request.idempotent) {
      headers.set("Idempotency-Key", options.idempotencyKey ?? uuid());
    }
    if (options.waitSeconds) {
      headers.set("Prefer", `wait=${options.waitSeconds}`);
    }
    for (const [name, value] of Object.entries({ ...request.headers, ...options.headers })) {
      if (value !== undefined) {
        headers.set(name, value);
      }
    }
    if (request.auth === undefined && !headers.has("authorization")) {
      throw new TintypeError("no API key: set TINTYPE_API_KEY or give the option apiKey");
    }
    return headers;
  }
}

/** Ends an attempt after a time, or with the caller's signal; and knows which of the two it was. */
class Limit {
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

async function json<T>(response: Response): Promise<T> {
  const text = await response.text();
  try {
    return (text === "" ? undefined : JSON.parse(text)) as T;
  } catch (error) {
    throw new TintypeError("the answer is not JSON: is baseURL right?", { cause: error });
  }
}

async function failure(response: Response): Promise<Failure> {
  const { status, headers } = response;
  const text = await response.text().catch(() => "");
  return { status, headers, problem: problemOf(text) };
}

/** Something between us and the server may answer in its own words. */
function problemOf(text: string): Partial<Problem> | undefined {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null;
    return typeof body?.code === "string" ? body : undefined;
  } catch {
    return undefined;
  }
}

/** `crypto.randomUUID` is missing on pages without TLS. */
function uuid(): string {
  if (typeof crypto.randomUUID === "function") {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
