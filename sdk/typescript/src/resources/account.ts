// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { Account } from "../types.js";

/** Signing up, signing in, and the account itself. */
export class AccountResource extends Resource {
  /**
   * Get the account.
   *
   * The account that the credentials belong to. Needs no scope.
   */
  get(options?: RequestOptions): APIPromise<Account> {
    return this.transport.send({ method: "GET", path: "/v1/account" }, options);
  }
}
