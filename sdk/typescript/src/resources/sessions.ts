// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type { OpenSession, SessionId } from "../types.js";

export interface SessionsListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

/** Signing up, signing in, and the account itself. */
export class SessionsResource extends Resource {
  /**
   * List sessions.
   *
   * Those that are open, newest first. Needs a session; an API key is answered with `not_found`.
   */
  list(params: SessionsListParams = {}, options?: RequestOptions): PagePromise<OpenSession> {
    return this.transport.list(
      { method: "GET", path: "/v1/auth/sessions", query: params },
      options,
    );
  }

  /**
   * End a session.
   *
   * Its tokens are refused everywhere within five seconds. Needs a session, which may be the same
   * one; an API key is answered with `not_found`.
   */
  end(id: SessionId, options?: RequestOptions): APIPromise<void> {
    return this.transport.send({ method: "DELETE", path: path`/v1/auth/sessions/${id}` }, options);
  }
}
