import { VERSION } from "../version.js";
import { failure, json } from "./answer.js";
import { APIPromise } from "./api-promise.js";
import type { Answer } from "./api-promise.js";
import { pieces } from "./bytes.js";
import { Download, DownloadPromise } from "./download.js";
import { isBrowser, variable } from "./environment.js";
import { AbortedError, TintypeError } from "./errors.js";
import type { APIError, Failure } from "./errors.js";
import { Limit } from "./limit.js";
import { Log } from "./log.js";
import type { ClientOptions, Fetch, StreamOptions, WaitingOptions } from "./options.js";
import { Page, PagePromise } from "./page.js";
import type { PageBody } from "./page.js";
import { query } from "./query.js";
import { backoff, retryDelay, sleep } from "./retry.js";
import { EventStream } from "./stream.js";
import type { Connection } from "./stream.js";
import { formBody } from "./upload.js";
import type { Body } from "./upload.js";

/** A request as the resources describe it. */
export interface Request {
  method: string;
  path: string;
  query?: object;
  headers?: Record<string, string | undefined>;
  json?: unknown;
  /** Fields and files of a form. */
  form?: object;
  /** Whether an `Idempotency-Key` makes repeating this POST safe. */
  idempotent?: boolean;
  /** Whether a key is sent: always, if there is one, or never. */
  auth?: "optional" | "none";
  /** Whether a stream goes on behind `Last-Event-ID`. */
  resumes?: boolean;
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
  download(request: Request, options: WaitingOptions = {}): DownloadPromise {
    const headers = { Accept: "*/*", ...request.headers };
    const read = (response: Response, limit: Limit) =>
      Promise.resolve(new Download(response, (error) => limit.cause(error)));
    return new DownloadPromise(this.#exchange({ ...request, headers }, options, read));
  }

  /** For server-sent events. The time limit holds until they begin to come. */
  stream<T>(request: Request, options: StreamOptions = {}): EventStream<T> {
    const read = ({ headers, body }: Response, limit: Limit) => {
      if (body === null || !headers.get("content-type")?.startsWith("text/event-stream")) {
        throw new TintypeError("the answer is no event stream: is baseURL right?");
      }
      return Promise.resolve(pieces(body, (error) => limit.cause(error)));
    };
    const open = async (lastEventId: string, again: boolean): Promise<Connection> => {
      const headers = {
        Accept: "text/event-stream",
        "Last-Event-ID": lastEventId || undefined,
        ...request.headers,
      };
      const { data, response, requestId } = await this.#exchange(
        { ...request, headers },
        again ? { ...options, maxRetries: 0 } : options,
        read,
      );
      return { pieces: data, response, requestId };
    };
    return new EventStream({
      open,
      sleep: (seconds) => sleep(seconds, options.signal),
      lastEventId: options.lastEventId ?? "",
      resumes: request.resumes ?? false,
    });
  }

  async #exchange<T>(
    request: Request,
    options: WaitingOptions,
    read: (response: Response, limit: Limit) => Promise<T>,
  ): Promise<Answer<T>> {
    const headers = this.#headersOf(request, options);
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
        const { init, contentType } = bodyOf(request);
        if (contentType !== undefined) {
          headers.set("Content-Type", contentType);
        }
        const { method } = request;
        const response = await this.#fetch(url, { ...init, method, headers, signal: limit.signal });
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
      await sleep(delay, options.signal);
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

/** For one attempt. */
function bodyOf({ json, form }: Request): Body {
  if (form !== undefined) {
    return formBody(form);
  }
  if (json === undefined) {
    return { init: {} };
  }
  return { init: { body: JSON.stringify(json) }, contentType: "application/json" };
}

/** `crypto.randomUUID` is missing on pages without TLS. */
function uuid(): string {
  if (typeof crypto.randomUUID === "function") {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
