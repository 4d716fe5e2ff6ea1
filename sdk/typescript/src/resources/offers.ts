// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import type { Offer } from "../types.js";

export interface OffersListParams {
  /** How many to return: 1 to 100, 20 if absent. */
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}

/** Offers and purchases of credits. */
export class OffersResource extends Resource {
  /**
   * List offers.
   *
   * What is for sale: packs of credits, each with its prices, in the order that the operator
   * chose. Prices may change; a purchase keeps the one at which it was made. Needs no
   * credentials.
   */
  list(params: OffersListParams = {}, options?: RequestOptions): PagePromise<Offer> {
    return this.transport.list(
      { method: "GET", path: "/v1/offers", query: params, auth: "none" },
      options,
    );
  }
}
