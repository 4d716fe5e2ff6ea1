// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type { Event, EventId, EventType } from "../types.js";

export interface EventsListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** Only those that came after this event, oldest first. Not together with a range of times. */
  after?: EventId;
  /** Only those of this type. */
  type?: EventType;
  /** Only those of the generation, batch, key, purchase or endpoint with this id. */
  subject?: string;
  /** Only those from this time on. */
  created_after?: string | Date;
  /** Only those before this time. */
  created_before?: string | Date;
}

/**
 * What happened, pushed to your own addresses or pulled: each event at least once, signed, and in
 * both cases with the same id.
 */
export class EventsResource extends Resource {
  /**
   * List events.
   *
   * What happened in the last 30 days, newest first. An event is here moments after it happened,
   * once it has its place in the order in which all are sent and pulled.
   *
   * To miss nothing without receiving webhooks, pull: keep the id of the last event that you
   * handled and ask with `after`. Then the answer is oldest first and goes on exactly where you
   * were; no event ever appears before one that you were given already. Ask again with the last
   * id of the answer, at once while `has_more` is true, and after a pause when it is not. To
   * begin, take the id of the newest event.
   *
   * Scope: `webhooks:read`.
   */
  list(params: EventsListParams = {}, options?: RequestOptions): PagePromise<Event> {
    return this.transport.list({ method: "GET", path: "/v1/events", query: params }, options);
  }

  /**
   * Get an event.
   *
   * With fresh links to what was made. Credentials without the scope that reads what the event is
   * about (`generations:read`, `keys:read` or `purchases:read`) see the `id` and `status` of it
   * alone.
   *
   * Scope: `webhooks:read`.
   */
  get(id: EventId, options?: RequestOptions): APIPromise<Event> {
    return this.transport.send({ method: "GET", path: path`/v1/events/${id}` }, options);
  }
}
