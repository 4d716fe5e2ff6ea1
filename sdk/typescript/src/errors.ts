// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { APIError } from "./core/errors.js";
import type { Failure } from "./core/errors.js";

/**
 * The request can't be read, or does not fit its schema: see `errors`. Status 400, 405, 413, 415,
 * 416.
 */
export class BadRequestError extends APIError {
  override readonly name: string = "BadRequestError";
}

/** There is no valid key. Status 401. */
export class AuthenticationError extends APIError {
  override readonly name: string = "AuthenticationError";
}

/** There are not enough credits, or a spending cap is reached. Status 402. */
export class InsufficientCreditsError extends APIError {
  override readonly name: string = "InsufficientCreditsError";
}

/** The key lacks the scope. Status 403. */
export class PermissionDeniedError extends APIError {
  override readonly name: string = "PermissionDeniedError";
}

/** There is no such resource, or it is not yours. Status 404. */
export class NotFoundError extends APIError {
  override readonly name: string = "NotFoundError";
}

/** The state of the resource does not allow it. Status 409. */
export class ConflictError extends APIError {
  override readonly name: string = "ConflictError";
}

/** It existed and is gone: erased, or a model that has ended. Status 410. */
export class GoneError extends APIError {
  override readonly name: string = "GoneError";
}

/** The request is well-formed, but a rule refuses it. Status 422. */
export class UnprocessableError extends APIError {
  override readonly name: string = "UnprocessableError";
}

/** Too many requests: the error says when to try again. Status 429. */
export class RateLimitError extends APIError {
  override readonly name: string = "RateLimitError";
}

/** The server failed, or is not available right now. Status 500 and above. */
export class ServerError extends APIError {
  override readonly name: string = "ServerError";
}

/** The class for a failed answer, by its status. */
export function apiError(failure: Failure): APIError {
  switch (failure.status) {
    case 400:
    case 405:
    case 413:
    case 415:
    case 416:
      return new BadRequestError(failure);
    case 401:
      return new AuthenticationError(failure);
    case 402:
      return new InsufficientCreditsError(failure);
    case 403:
      return new PermissionDeniedError(failure);
    case 404:
      return new NotFoundError(failure);
    case 409:
      return new ConflictError(failure);
    case 410:
      return new GoneError(failure);
    case 422:
      return new UnprocessableError(failure);
    case 429:
      return new RateLimitError(failure);
    default:
      return failure.status >= 500 ? new ServerError(failure) : new APIError(failure);
  }
}
