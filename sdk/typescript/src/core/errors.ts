import type { ErrorCode, FieldError, Problem } from "../types.js";

/** Whatever goes wrong in this package. */
export class TintypeError extends Error {
  override readonly name: string = "TintypeError";
}

/** No answer: the network or the server's address is at fault. */
export class ConnectionError extends TintypeError {
  override readonly name: string = "ConnectionError";
}

/** No answer in time: see the option `timeout`. */
export class TimeoutError extends ConnectionError {
  override readonly name: string = "TimeoutError";
}

/** You aborted the call. What the server has begun it may still finish. */
export class AbortedError extends TintypeError {
  override readonly name: string = "AbortedError";
}

/** What you waited for had not ended in the time that you gave it. It goes on. */
export class WaitTimeoutError extends TintypeError {
  override readonly name: string = "WaitTimeoutError";
}

/** An answer that says no. */
export interface Failure {
  status: number;
  headers: Headers;
  /** The body, if it is one of ours. */
  problem: Problem | undefined;
}

/** The server refused, or failed. Its subclasses go by status; decide finer by `code`. */
export class APIError extends TintypeError {
  override readonly name: string = "APIError";
  readonly status: number;
  /** The stable reason. */
  readonly code: ErrorCode | undefined;
  /** Tell this when you ask for help. */
  readonly requestId: string | undefined;
  /** After how many seconds another attempt makes sense, if the server said so. */
  readonly retryAfter: number | undefined;
  /** What is wrong with the request, one by one. */
  readonly errors: FieldError[];
  /** All that the server said, with members that depend on the code: `required`, `available`… */
  readonly problem: Problem | undefined;
  readonly headers: Headers;

  constructor({ status, headers, problem }: Failure) {
    const requestId = problem?.request_id ?? headers.get("x-request-id") ?? undefined;
    const reason = problem === undefined ? "" : ` ${problem.code}: ${problem.detail}`;
    super(`${status}${reason}${requestId === undefined ? "" : ` (${requestId})`}`);
    this.status = status;
    this.code = problem?.code;
    this.requestId = requestId;
    this.retryAfter = retryAfter(headers);
    this.errors = problem?.errors ?? [];
    this.problem = problem;
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
