// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { APIError } from "./core/errors.js";
import type { Failure } from "./core/errors.js";

/** Unparsable, or against the schema (400). */
export class BadRequestError extends APIError {
  override readonly name: string = "BadRequestError";
}

/** No valid credentials (401). */
export class AuthenticationError extends APIError {
  override readonly name: string = "AuthenticationError";
}

/** Not enough credits, or a spending cap is reached (402). */
export class PaymentRequiredError extends APIError {
  override readonly name: string = "PaymentRequiredError";
}

/** The credentials do not include the scope (403). */
export class PermissionDeniedError extends APIError {
  override readonly name: string = "PermissionDeniedError";
}

/** There is no such resource, or it is not yours (404). */
export class NotFoundError extends APIError {
  override readonly name: string = "NotFoundError";
}

/** In conflict with the state of the resource (409). */
export class ConflictError extends APIError {
  override readonly name: string = "ConflictError";
}

/** It existed and is gone (410). */
export class GoneError extends APIError {
  override readonly name: string = "GoneError";
}

/** The body is too large (413). */
export class ContentTooLargeError extends APIError {
  override readonly name: string = "ContentTooLargeError";
}

/** The body has another content type (415). */
export class UnsupportedMediaTypeError extends APIError {
  override readonly name: string = "UnsupportedMediaTypeError";
}

/** Well-formed, but refused by a rule (422). */
export class UnprocessableContentError extends APIError {
  override readonly name: string = "UnprocessableContentError";
}

/** Too many requests (429). */
export class RateLimitError extends APIError {
  override readonly name: string = "RateLimitError";
}

/** The server failed: any other status from 500 on. */
export class ServerError extends APIError {
  override readonly name: string = "ServerError";
}

/** Not available right now (503). */
export class UnavailableError extends ServerError {
  override readonly name: string = "UnavailableError";
}

/** The class for a failed answer, by its status. */
export function apiError(failure: Failure): APIError {
  switch (failure.status) {
    case 400:
      return new BadRequestError(failure);
    case 401:
      return new AuthenticationError(failure);
    case 402:
      return new PaymentRequiredError(failure);
    case 403:
      return new PermissionDeniedError(failure);
    case 404:
      return new NotFoundError(failure);
    case 409:
      return new ConflictError(failure);
    case 410:
      return new GoneError(failure);
    case 413:
      return new ContentTooLargeError(failure);
    case 415:
      return new UnsupportedMediaTypeError(failure);
    case 422:
      return new UnprocessableContentError(failure);
    case 429:
      return new RateLimitError(failure);
    case 503:
      return new UnavailableError(failure);
    default:
      return failure.status >= 500 ? new ServerError(failure) : new APIError(failure);
  }
}
