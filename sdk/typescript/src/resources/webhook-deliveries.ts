// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type { DeliveryId, DeliveryStatus, EventId, WebhookDelivery } from "../types.js";

export interface WebhookDeliveriesListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** Only those about the generation, batch, key, purchase or endpoint with this id. */
  subject?: string;
  /** Only those of this event. */
  event_id?: EventId;
  /** Only those that stand so. */
  status?: DeliveryStatus;
}

/**
 * What happened, pushed to your own addresses or pulled: each event at least once, signed, and in
 * both cases with the same id.
 */
export class WebhookDeliveriesResource extends Resource {
  /**
   * List deliveries.
   *
   * What was sent in the last 30 days, to your endpoints and to the `webhook_url` of requests,
   * newest first, and what became of it. `?subject=gen_…` shows what was told of one generation,
   * `?status=failed` what never arrived.
   *
   * Scope: `webhooks:read`.
   */
  list(
    params: WebhookDeliveriesListParams = {},
    options?: RequestOptions,
  ): PagePromise<WebhookDelivery> {
    return this.transport.list(
      { method: "GET", path: "/v1/webhook-deliveries", query: params },
      options,
    );
  }

  /**
   * Get a delivery.
   *
   * One event on its way to one address: how often it was sent, what the address answered last,
   * and when the next attempt is due.
   *
   * Scope: `webhooks:read`.
   */
  get(id: DeliveryId, options?: RequestOptions): APIPromise<WebhookDelivery> {
    return this.transport.send(
      { method: "GET", path: path`/v1/webhook-deliveries/${id}` },
      options,
    );
  }

  /**
   * Send a delivery again.
   *
   * Its event is sent once more to where it went, the endpoint or the `webhook_url`, with the
   * `webhook-id` that it had, whether it arrived before or not. The answer is the new delivery,
   * with attempts of its own; the old one stays as it is, and goes on where it still waits.
   *
   * 409 `conflict`: the endpoint is disabled or deleted, or the event is older than 30 days. 410
   * `erased`: what it told of was erased, and the `webhook_url` with it.
   *
   * Scope: `webhooks:write`.
   */
  replay(id: DeliveryId, options?: RequestOptions): APIPromise<WebhookDelivery> {
    return this.transport.send(
      { method: "POST", path: path`/v1/webhook-deliveries/${id}/replay`, idempotent: true },
      options,
    );
  }
}
