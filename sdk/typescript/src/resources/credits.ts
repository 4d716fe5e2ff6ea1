// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import type { Balance, GenerationId, Grant, LedgerEntry } from "../types.js";

export interface CreditsGrantsParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

export interface CreditsLedgerParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** Only entries of this generation. */
  generation_id?: GenerationId;
}

/** The balance, the lots that it consists of, and every movement of it. */
export class CreditsResource extends Resource {
  /**
   * Get the balance.
   *
   * What your account can spend, in the mode of the key: a test key shows test credits. Amounts
   * are exact decimal strings.
   *
   * Scope: `credits:read`.
   */
  get(options?: RequestOptions): APIPromise<Balance> {
    return this.transport.send({ method: "GET", path: "/v1/credits" }, options);
  }

  /**
   * List grants.
   *
   * The lots of credits that you were granted or bought, newest first, with what is left of each
   * and when it expires.
   *
   * Scope: `credits:read`.
   */
  grants(params: CreditsGrantsParams = {}, options?: RequestOptions): PagePromise<Grant> {
    return this.transport.list(
      { method: "GET", path: "/v1/credits/grants", query: params },
      options,
    );
  }

  /**
   * List the ledger.
   *
   * Every movement of credits, newest first: what was granted, bought, set aside (`hold`),
   * charged (`capture`), given back (`release`), refunded, expired or adjusted. The ledger is
   * append-only.
   *
   * Scope: `credits:read`.
   */
  ledger(params: CreditsLedgerParams = {}, options?: RequestOptions): PagePromise<LedgerEntry> {
    return this.transport.list(
      { method: "GET", path: "/v1/credits/ledger", query: params },
      options,
    );
  }
}
