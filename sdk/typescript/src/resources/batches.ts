// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { DownloadPromise } from "../core/download.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type { Batch, BatchId, BatchResult, CreateBatch } from "../types.js";

export interface BatchesListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

export interface BatchesResultsParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

/** Many generations at once: accepted together, held for together, told of together. */
export class BatchesResource extends Resource {
  /**
   * Create a batch.
   *
   * Up to 1,000 generations with one request: all of them are accepted, or none. Each is checked
   * like one of `POST /v1/generations`; if any is refused, `errors` names the places
   * (`/generations/17/input/prompt`) and nothing is begun. The credits for all are set aside at
   * once.
   *
   * The generations run side by side with your others, and yours by turns with everybody else's:
   * a large batch keeps nobody waiting. They begin as fast as the limits of the key and the
   * account on generations under way allow, and leave a quarter of those to what you ask for one
   * by one. Batches that have not ended may be 20 at a time unless the operator says otherwise.
   * Each generation succeeds or fails, and is charged, by itself.
   *
   * `webhook_url` is told when all have ended (`batch.ended`); with `webhook_events` also what
   * happens to each.
   *
   * Scope: `generations:write`.
   */
  create(body: CreateBatch, options?: RequestOptions): APIPromise<Batch> {
    return this.transport.send(
      { method: "POST", path: "/v1/batches", json: body, idempotent: true },
      options,
    );
  }

  /**
   * List batches.
   *
   * Newest first.
   *
   * Scope: `generations:read`.
   */
  list(params: BatchesListParams = {}, options?: RequestOptions): PagePromise<Batch> {
    return this.transport.list({ method: "GET", path: "/v1/batches", query: params }, options);
  }

  /**
   * Get a batch.
   *
   * How far it is, by counts, and what it has cost so far.
   *
   * Scope: `generations:read`.
   */
  get(id: BatchId, options?: RequestOptions): APIPromise<Batch> {
    return this.transport.send({ method: "GET", path: path`/v1/batches/${id}` }, options);
  }

  /**
   * Cancel a batch.
   *
   * What waits is canceled, what runs is asked to stop where its model can; it takes a moment,
   * during which the status is `canceling`. What has ended stays, and stays charged. A batch that
   * has ended is returned unchanged.
   *
   * Scope: `generations:write`.
   */
  cancel(id: BatchId, options?: RequestOptions): APIPromise<Batch> {
    return this.transport.send(
      { method: "POST", path: path`/v1/batches/${id}/cancel`, idempotent: true },
      options,
    );
  }

  /**
   * List a batch's results.
   *
   * Each generation as it stands, in the order of the request.
   *
   * Scope: `generations:read`.
   */
  results(
    id: BatchId,
    params: BatchesResultsParams = {},
    options?: RequestOptions,
  ): PagePromise<BatchResult> {
    return this.transport.list(
      { method: "GET", path: path`/v1/batches/${id}/results`, query: params },
      options,
    );
  }

  /**
   * Download a batch's results.
   *
   * All results as lines of JSON (`application/x-ndjson`): one generation a line, as it stands,
   * in the order of the request.
   *
   * Scope: `generations:read`.
   */
  downloadResults(id: BatchId, options?: RequestOptions): DownloadPromise {
    return this.transport.download(
      { method: "GET", path: path`/v1/batches/${id}/results.ndjson` },
      options,
    );
  }
}
