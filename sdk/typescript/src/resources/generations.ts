// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions, StreamOptions, WaitingOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type { EventStream } from "../core/stream.js";
import { waitFor } from "../core/wait.js";
import type { WaitOptions } from "../core/wait.js";
import type {
  BatchId,
  CreateGeneration,
  Generation,
  GenerationEvent,
  GenerationId,
  GenerationKind,
  GenerationStatus,
  KeyId,
} from "../types.js";

export interface GenerationsListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** Only those in this state. */
  status?: GenerationStatus;
  /** Only those that ran this model. */
  model?: string;
  /** Only those of this kind. */
  kind?: GenerationKind;
  /** Only those that this key asked for. */
  key_id?: KeyId;
  /** Only those of this batch. */
  batch_id?: BatchId;
  /** Only those for this end user. */
  end_user?: string;
  /** Only those created at this time or later. */
  created_after?: string | Date;
  /** Only those created before this time. */
  created_before?: string | Date;
  /** Only those whose metadata have this key with this text: `key:text`, as in `order:1042`. */
  metadata?: string;
}

/**
 * Images, videos, speech and text. A generation is accepted at once, made in the background, and
 * costs nothing unless it succeeds.
 */
export class GenerationsResource extends Resource {
  /**
   * Create a generation.
   *
   * Checks the input against the model's schema, prices it, sets the credits aside and queues it;
   * the answer comes as soon as that is durable. You are charged when it succeeds, for what it
   * made; a failure, refusal, timeout or cancellation costs nothing.
   *
   * Send `Idempotency-Key` with a value of your own and repeat the request as often as you like:
   * it is done and charged once, and every repetition gets the same generation with
   * `Idempotent-Replayed: true`. Keys are remembered for 24 hours.
   *
   * With `validate_only` nothing is made: the answer is 200 with what it would cost, or the error
   * that it would meet. With `estimate_id` it is priced as it was estimated.
   *
   * With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) and is 201 if
   * the generation ended, with its outputs.
   *
   * Scope: `generations:write`.
   */
  create(body: CreateGeneration, options?: WaitingOptions): APIPromise<Generation> {
    return this.transport.send(
      { method: "POST", path: "/v1/generations", json: body, idempotent: true },
      options,
    );
  }

  /**
   * List generations.
   *
   * Newest first. All filters must hold. A page costs the same however many generations there
   * are.
   *
   * Scope: `generations:read`.
   */
  list(params: GenerationsListParams = {}, options?: RequestOptions): PagePromise<Generation> {
    return this.transport.list({ method: "GET", path: "/v1/generations", query: params }, options);
  }

  /**
   * Get a generation.
   *
   * With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) for the
   * generation to end. Links in `outputs` are fresh each time.
   *
   * Scope: `generations:read`.
   */
  get(id: GenerationId, options?: WaitingOptions): APIPromise<Generation> {
    return this.transport.send({ method: "GET", path: path`/v1/generations/${id}` }, options);
  }

  /**
   * Erase a generation.
   *
   * Removes prompt, inputs, outputs and your own data for good. What remains is a tombstone
   * without content, for the books. Only what has ended can be erased: cancel it first. Repeating
   * it changes nothing.
   *
   * Scope: `generations:write`.
   */
  delete(id: GenerationId, options?: RequestOptions): APIPromise<void> {
    return this.transport.send({ method: "DELETE", path: path`/v1/generations/${id}` }, options);
  }

  /**
   * Follow a generation.
   *
   * A stream of server-sent events: what it has come through so far, then what happens, until it
   * ends; then the stream ends. Each event carries the generation as it stands, the last one its
   * outputs.
   *
   * An event's id is its step: 1 queued, 2 running, 3 ended. If the line is lost, come back with
   * the last id in `Last-Event-ID`, as our clients do by themselves: you get what you missed and
   * nothing twice, even from a server that was restarted. Progress in between has no id. Hanging
   * up cancels nothing. A comment line every 15 seconds shows that the line is alive.
   *
   * Scope: `generations:read`.
   */
  events(id: GenerationId, options?: StreamOptions): EventStream<GenerationEvent> {
    return this.transport.stream(
      { method: "GET", path: path`/v1/generations/${id}/events`, resumes: true },
      options,
    );
  }

  /**
   * Cancel a generation.
   *
   * One that waits is canceled at once and the provider is never called. One that runs is asked
   * to stop (`cancel_requested_at`), where the model can; otherwise the answer is 409
   * `not_cancelable`. One that has ended is returned unchanged. What is canceled costs nothing.
   *
   * Scope: `generations:write`.
   */
  cancel(id: GenerationId, options?: RequestOptions): APIPromise<Generation> {
    return this.transport.send(
      { method: "POST", path: path`/v1/generations/${id}/cancel`, idempotent: true },
      options,
    );
  }

  /**
   * Waits until it has ended, in whichever way: look at its `status`.
   *
   * Aborting the wait leaves it running.
   */
  wait(id: GenerationId, options: WaitOptions<Generation> = {}): Promise<Generation> {
    return waitFor({
      first: (options) => this.get(id, options),
      again: ({ id }, options) => this.get(id, options),
      ended: (it) => it.ended_at !== null,
      options,
    });
  }

  /** Creates it and waits until it has ended, in whichever way: look at its `status`. */
  createAndWait(
    body: CreateGeneration,
    options: WaitOptions<Generation> = {},
  ): Promise<Generation> {
    return waitFor({
      first: (options) => this.create(body, options),
      again: ({ id }, options) => this.get(id, options),
      ended: (it) => it.ended_at !== null,
      options,
    });
  }
}
