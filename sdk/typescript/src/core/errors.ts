import type { ErrorCode, FieldError, Problem } from "../types.js";

/** Whatever goes wrong in this package. */
export class TintypeError extends Error {
  override readonly name: string = "TintypeError";
}

/** No answer: the network or the server's address is at fault. */
export class ConnectionError extends TintypeError {
  override readonly name: string = "ConnectionError";
}

/** No answer, or no end of what you waited for, in time: see `timeout` and `waitTimeout`. */
export class TimeoutError extends TintypeError {
  override readonly name: string = "TimeoutError";
}

/** You aborted the call. What the server has begun it may still finish. */
export class AbortedError extends TintypeError {
  override readonly name: string = "AbortedError";
}

/** An answer that says no. */
export interface Failure {
  status: number;
  headers: Headers;
  /** The body, if it is one of ours. */
  problem?: Partial<Problem> | undefined;
}

/** The server refused, or failed. Its subclasses go by status; decide finer by `code`. */
export class APIError extends TintypeError {
  override readonly name: string = "APIError";
  readonly status: number;
  /** The stable reason. */
  readonly code: ErrorCode | undefined;
  /** What happened, in words that never change. */
  readonly title: string | undefined;
  /** What happened this time. */
  readonly detail: string | undefined;
  /** Tell this when you ask for help. */
  readonly requestId: string | undefined;
  /** After how many seconds another attempt makes sense, if the server said so. */
  readonly retryAfter: number | undefined;
  /** What is wrong with the request, one by one. */
  readonly errors: FieldError[];
  /** What else there is to say, by the code: `required` and `available`, `replaced_by`… */
  readonly context: Record<string, unknown>;
  readonly headers: Headers;

  constructor({ status, headers, problem = {} }: Failure) {
    const { type, title, status: _, detail, instance, code, request_id, errors, ...context } = problem;
    const requestId = request_id ?? headers.get("x-request-id") ?? undefined;
    const reason = detail ?? title;
    super(
      [status, code && `${code}:`, reason, requestId && `(${requestId})`].filter(Boolean).join(" "),
    );
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.requestId = requestId;
    this.retryAfter = retryAfter(headers);
    this.errors = errors ?? [];
    this.context = context;
    this.headers = headers;
  }
}

/** The seconds of `Retry-After`, which is a number or a date. */
export function retryAfter(headers: Headers, now = Date.now()): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) {
    return undefined;
  }
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
