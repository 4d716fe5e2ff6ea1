// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import type { KeyId, Usage } from "../types.js";

export interface UsageListParams {
  /** One or more of `day`, `end_user`, `model` and `key`, with commas between them. */
  group_by?: string;
  /** The first day that counts, as in `2026-11-01`; by default the 30th before `to`. */
  from?: string;
  /** The last day that counts; by default today. */
  to?: string;
  /** Only what this key asked for. */
  key_id?: KeyId;
  /** Only what ran on this model. */
  model?: string;
  /** Only what was asked for on behalf of this end user. */
  end_user?: string;
  /** How many lines to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

/** What was made and what it cost, by day, model, key and end user. */
export class UsageResource extends Resource {
  /**
   * Get usage.
   *
   * What was made and what it cost, of generations that ended from one day to another, in the
   * mode of the key. With `group_by=day,model` there is a line for each day and model on which
   * anything ended, in order; without it, one line for all. The sums are kept as generations end:
   * they are exact, and as fast for ten million generations as for ten. Days are those of UTC; a
   * report covers 366 of them at most.
   *
   * Scope: `usage:read`.
   */
  list(params: UsageListParams = {}, options?: RequestOptions): PagePromise<Usage> {
    return this.transport.list({ method: "GET", path: "/v1/usage", query: params }, options);
  }
}
