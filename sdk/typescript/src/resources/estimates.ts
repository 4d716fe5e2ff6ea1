// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import { path } from "../core/path.js";
import type { CreateEstimate, Estimate, EstimateId } from "../types.js";

/**
 * What generations would cost, line by line, before any is made; and a price that holds for a
 * quarter of an hour.
 */
export class EstimatesResource extends Resource {
  /**
   * Estimate generations.
   *
   * Checks and prices up to 100 generations exactly as creating them would, and makes none. For
   * each it says the least and the most that it costs, how the price comes about, and as
   * `blockers` every reason for which it would be refused: an unknown model, input that the model
   * does not take, credits that don't suffice, a cap of the key, the operator's rules. Credits
   * are counted in the order of the request.
   *
   * Send the estimate's id as `estimate_id` with `POST /v1/generations` within 15 minutes, and
   * the generation is priced as it was estimated, whatever the prices are by then.
   *
   * Scope: `generations:write`.
   */
  create(body: CreateEstimate, options?: RequestOptions): APIPromise<Estimate> {
    return this.transport.send(
      { method: "POST", path: "/v1/estimates", json: body, idempotent: true },
      options,
    );
  }

  /**
   * Get an estimate.
   *
   * As it was answered when it was made. It is kept for a day.
   *
   * Scope: `generations:read`.
   */
  get(id: EstimateId, options?: RequestOptions): APIPromise<Estimate> {
    return this.transport.send({ method: "GET", path: path`/v1/estimates/${id}` }, options);
  }
}
