// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import { path } from "../core/path.js";
import type { Model, Models } from "../types.js";

/**
 * What can be made, by whom, where and for how much. Models are configuration: ask for the list
 * instead of writing it down.
 */
export class ModelsResource extends Resource {
  /**
   * List models.
   *
   * All models on offer, with the schema of their input, their prices, how long they take here
   * and, where it was announced, when they end. Needs no key. Send the `ETag` back as
   * `If-None-Match` to learn cheaply that nothing changed.
   */
  list(options?: RequestOptions): APIPromise<Models> {
    return this.transport.send({ method: "GET", path: "/v1/models", auth: "none" }, options);
  }

  /**
   * Get a model.
   *
   * One model by its id or an alias, even past its end: `shutdown_at` says when that was. Needs
   * no key.
   */
  get(id: string, options?: RequestOptions): APIPromise<Model> {
    return this.transport.send(
      { method: "GET", path: path`/v1/models/${id}`, auth: "none" },
      options,
    );
  }
}
