// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type {
  CreateWebhookEndpoint,
  CreatedWebhookEndpoint,
  ReplayWebhooks,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointId,
  WebhookReplay,
  WebhookSecret,
} from "../types.js";

export interface WebhookEndpointsListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

export interface WebhookEndpointsDeliveriesParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

/**
 * What happened, pushed to your own addresses or pulled: each event at least once, signed, and in
 * both cases with the same id.
 */
export class WebhookEndpointsResource extends Resource {
  /**
   * Create a webhook endpoint.
   *
   * From now on, events are posted to this address as the guide to webhooks says. The secret that
   * verifies them is in the answer, once. With an `Idempotency-Key`, the same request within 24
   * hours is answered with the same endpoint and secret. It takes the scopes that read what these
   * events are about, too: `generations:read`, `keys:read` and `purchases:read` for all of them.
   *
   * Scope: `webhooks:write`.
   */
  create(
    body: CreateWebhookEndpoint,
    options?: RequestOptions,
  ): APIPromise<CreatedWebhookEndpoint> {
    return this.transport.send(
      { method: "POST", path: "/v1/webhook-endpoints", json: body, idempotent: true },
      options,
    );
  }

  /**
   * List webhook endpoints.
   *
   * Newest first, without their secrets.
   *
   * Scope: `webhooks:read`.
   */
  list(
    params: WebhookEndpointsListParams = {},
    options?: RequestOptions,
  ): PagePromise<WebhookEndpoint> {
    return this.transport.list(
      { method: "GET", path: "/v1/webhook-endpoints", query: params },
      options,
    );
  }

  /**
   * Get a webhook endpoint.
   *
   * Scope: `webhooks:read`.
   */
  get(id: WebhookEndpointId, options?: RequestOptions): APIPromise<WebhookEndpoint> {
    return this.transport.send({ method: "GET", path: path`/v1/webhook-endpoints/${id}` }, options);
  }

  /**
   * Update a webhook endpoint.
   *
   * What is absent stays. Another `url`, or other `events`, take the scopes that an endpoint for
   * them takes. One that we disabled is enabled again with `enabled: true`. What happened while
   * it was disabled is not sent by itself: replay that range.
   *
   * Scope: `webhooks:write`.
   */
  update(
    id: WebhookEndpointId,
    body: UpdateWebhookEndpoint,
    options?: RequestOptions,
  ): APIPromise<WebhookEndpoint> {
    return this.transport.send(
      { method: "PATCH", path: path`/v1/webhook-endpoints/${id}`, json: body },
      options,
    );
  }

  /**
   * Delete a webhook endpoint.
   *
   * It is sent nothing more, not even what waits.
   *
   * Scope: `webhooks:write`.
   */
  delete(id: WebhookEndpointId, options?: RequestOptions): APIPromise<void> {
    return this.transport.send(
      { method: "DELETE", path: path`/v1/webhook-endpoints/${id}` },
      options,
    );
  }

  /**
   * Rotate a webhook endpoint's secret.
   *
   * The answer has the new secret, once. For `grace_seconds` everything is signed with both, so
   * that you can change over without losing an event. At most two secrets sign at a time: if you
   * rotate again within the grace, the oldest signs no more.
   *
   * Scope: `webhooks:write`.
   */
  rotateSecret(
    id: WebhookEndpointId,
    body: RotateWebhookSecret,
    options?: RequestOptions,
  ): APIPromise<CreatedWebhookEndpoint> {
    return this.transport.send(
      {
        method: "POST",
        path: path`/v1/webhook-endpoints/${id}/rotate-secret`,
        json: body,
        idempotent: true,
      },
      options,
    );
  }

  /**
   * Send a test event.
   *
   * Posts an event of the type `webhook_endpoint.test` to this endpoint; its deliveries say what
   * became of it.
   *
   * Scope: `webhooks:write`.
   */
  test(id: WebhookEndpointId, options?: RequestOptions): APIPromise<WebhookEndpoint> {
    return this.transport.send(
      { method: "POST", path: path`/v1/webhook-endpoints/${id}/test`, idempotent: true },
      options,
    );
  }

  /**
   * List an endpoint's deliveries.
   *
   * What was sent to it in the last 30 days, newest first, and what became of it.
   *
   * Scope: `webhooks:read`.
   */
  deliveries(
    id: WebhookEndpointId,
    params: WebhookEndpointsDeliveriesParams = {},
    options?: RequestOptions,
  ): PagePromise<WebhookDelivery> {
    return this.transport.list(
      { method: "GET", path: path`/v1/webhook-endpoints/${id}/deliveries`, query: params },
      options,
    );
  }

  /**
   * Send events again.
   *
   * One event by `event_id`, or all that the endpoint wants of a range of times, whether they
   * arrived before or not. They come with the ids that they had. One event takes the scope that
   * reads what it is about, too.
   *
   * Scope: `webhooks:write`.
   */
  replay(
    id: WebhookEndpointId,
    body: ReplayWebhooks,
    options?: RequestOptions,
  ): APIPromise<WebhookReplay> {
    return this.transport.send(
      {
        method: "POST",
        path: path`/v1/webhook-endpoints/${id}/replay`,
        json: body,
        idempotent: true,
      },
      options,
    );
  }

  /**
   * Get the secret for `webhook_url`.
   *
   * It signs what is sent to the `webhook_url` of a request for a generation or a batch, in this
   * mode. Endpoints have secrets of their own.
   *
   * Scope: `webhooks:write`.
   */
  defaultSecret(options?: RequestOptions): APIPromise<WebhookSecret> {
    return this.transport.send(
      { method: "GET", path: "/v1/webhook-endpoints/default-secret" },
      options,
    );
  }

  /**
   * Rotate the secret for `webhook_url`.
   *
   * The answer has the new secret; unlike an endpoint's, it can be read again. For
   * `grace_seconds`, what is sent to a `webhook_url` is signed with both, so that you can change
   * over without losing an event. At most two secrets sign at a time: if you rotate again within
   * the grace, the oldest signs no more.
   *
   * Scope: `webhooks:write`.
   */
  rotateDefaultSecret(
    body: RotateWebhookSecret,
    options?: RequestOptions,
  ): APIPromise<WebhookSecret> {
    return this.transport.send(
      {
        method: "POST",
        path: "/v1/webhook-endpoints/default-secret/rotate",
        json: body,
        idempotent: true,
      },
      options,
    );
  }
}
