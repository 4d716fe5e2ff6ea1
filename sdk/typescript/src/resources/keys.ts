// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type {
  ApiKey,
  CreateKey,
  CreatedKey,
  KeyId,
  KeyRevocation,
  ReportLeaks,
  RotateKey,
  UpdateKey,
} from "../types.js";

export interface KeysListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

export interface KeysRevokeParams {
  /** Whether the keys that it made, directly or not, are revoked with it. */
  descendants?: boolean;
}

/**
 * API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data only
 * and spends test credits.
 */
export class KeysResource extends Resource {
  /**
   * Create an API key.
   *
   * The secret is in the answer, once: we keep only a hash of it. A key can't make one that may
   * do more than itself, in scopes, mode, models, addresses, time, rate or spending; such a
   * request is refused with `insufficient_scope`. Keys that are good may be 500 in each mode
   * unless the operator says otherwise; one more is refused with `conflict`.
   *
   * With an `Idempotency-Key`, the same request within 24 hours is answered with the same key and
   * secret.
   *
   * A session must be one whose owner signed in or stepped up (`auth.step_up`) within the last 15
   * minutes: a key outlives it.
   *
   * Scope: `keys:write`.
   */
  create(body: CreateKey, options?: RequestOptions): APIPromise<CreatedKey> {
    return this.transport.send(
      { method: "POST", path: "/v1/keys", json: body, idempotent: true },
      options,
    );
  }

  /**
   * List API keys.
   *
   * Newest first, revoked and expired ones included. A key sees the keys of its own mode; a
   * session sees both modes.
   *
   * Scope: `keys:read`.
   */
  list(params: KeysListParams = {}, options?: RequestOptions): PagePromise<ApiKey> {
    return this.transport.list({ method: "GET", path: "/v1/keys", query: params }, options);
  }

  /**
   * Get the API key that is calling.
   *
   * Needs no scope: every key may look at itself. A session has no key; it is answered with
   * `not_found`.
   */
  self(options?: RequestOptions): APIPromise<ApiKey> {
    return this.transport.send({ method: "GET", path: "/v1/keys/self" }, options);
  }

  /**
   * Get an API key.
   *
   * Without its secret, which nobody can show again. A key of another account or mode is not
   * found.
   *
   * Scope: `keys:read`.
   */
  get(id: KeyId, options?: RequestOptions): APIPromise<ApiKey> {
    return this.transport.send({ method: "GET", path: path`/v1/keys/${id}` }, options);
  }

  /**
   * Change an API key.
   *
   * Takes effect everywhere within five seconds. With an API key you can make a key narrower,
   * itself too, or as wide as the key that you call with; wider is refused with
   * `insufficient_scope`. Keys that it made before stay as they are. A revoked key can't be
   * changed. A session must be as fresh as for making a key.
   *
   * Scope: `keys:write`.
   */
  update(id: KeyId, body: UpdateKey, options?: RequestOptions): APIPromise<ApiKey> {
    return this.transport.send(
      { method: "PATCH", path: path`/v1/keys/${id}`, json: body },
      options,
    );
  }

  /**
   * Revoke an API key.
   *
   * The key is refused everywhere within five seconds, for good. Generations that it started go
   * on. Revoking a revoked key changes nothing. A session need not be fresh for this: what leaked
   * has to go at once.
   *
   * Keys that it made, directly or not, stay good, and the answer says how many; with
   * `descendants=true` they are revoked with it. If the key leaked, report it instead
   * (`keys.report_leak`), or revoke it so: whoever found its secret may have made keys of their
   * own.
   *
   * Scope: `keys:write`.
   */
  revoke(
    id: KeyId,
    params: KeysRevokeParams = {},
    options?: RequestOptions,
  ): APIPromise<KeyRevocation> {
    return this.transport.send(
      { method: "DELETE", path: path`/v1/keys/${id}`, query: params },
      options,
    );
  }

  /**
   * Rotate an API key's secret.
   *
   * The answer has the new secret, once; the key's id, caps and usage stay. For `grace_seconds`
   * the old secret is good too, for all but rotating its own key, so that you can change over
   * without an outage. Two secrets live at most: rotated again within the grace, the oldest ends
   * at once. A key can rotate itself, and other keys that may do no more than itself. With an
   * `Idempotency-Key`, the same request is answered with the same secret while it is good. A
   * session must be as fresh as for making a key.
   *
   * Scope: `keys:write`.
   */
  rotate(id: KeyId, body: RotateKey, options?: RequestOptions): APIPromise<CreatedKey> {
    return this.transport.send(
      { method: "POST", path: path`/v1/keys/${id}/rotate`, json: body, idempotent: true },
      options,
    );
  }

  /**
   * Report leaked secrets.
   *
   * For whoever found secrets of keys in public: secret scanners, and you. Needs no credentials,
   * since who knows a secret could do worse with it. The keys are revoked at once, with the keys
   * that they made, directly or not, and their owners told by mail and by the event `key.leaked`.
   * The answer is the same whether a secret is good or not.
   */
  reportLeak(body: ReportLeaks, options?: RequestOptions): APIPromise<void> {
    return this.transport.send(
      { method: "POST", path: "/v1/keys/report-leak", json: body, auth: "none" },
      options,
    );
  }
}
