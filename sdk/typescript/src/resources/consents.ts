// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import { path } from "../core/path.js";
import type { Consent, Consents, SetConsent } from "../types.js";

/** Requests about personal data: a copy of all of it, or its erasure, with a receipt. */
export class ConsentsResource extends Resource {
  /**
   * List consents.
   *
   * All that the account's owner may agree to beyond what the service needs, and what they said.
   * Nothing is agreed to by itself.
   *
   * Scope: `data_rights:read`.
   */
  list(options?: RequestOptions): APIPromise<Consents> {
    return this.transport.send({ method: "GET", path: "/v1/consents" }, options);
  }

  /**
   * Get a consent.
   *
   * What the owner said of one purpose, and each time before.
   *
   * Scope: `data_rights:read`.
   */
  get(purpose: string, options?: RequestOptions): APIPromise<Consent> {
    return this.transport.send({ method: "GET", path: path`/v1/consents/${purpose}` }, options);
  }

  /**
   * Give or withdraw a consent.
   *
   * Holds from now on and for the whole account; what was done before stays done. Withdrawing is
   * as easy as giving, and news by mail end with the mails' own link, too. Needs a session or a
   * live key.
   *
   * Scope: `data_rights:write`.
   */
  set(purpose: string, body: SetConsent, options?: RequestOptions): APIPromise<Consent> {
    return this.transport.send(
      { method: "PUT", path: path`/v1/consents/${purpose}`, json: body },
      options,
    );
  }
}
