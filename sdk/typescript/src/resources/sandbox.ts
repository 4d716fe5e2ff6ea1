// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import { path } from "../core/path.js";
import type {
  AdvanceClock,
  AnnounceCheckout,
  Outbox,
  Purchase,
  PurchaseId,
  SandboxClock,
} from "../types.js";

export interface SandboxOutboxParams {
  /** Only mails to this address, in any case. */
  to?: string;
  /** How many to return: 1 to 100, 20 if absent. */
  limit?: number;
}

/**
 * Beside the API, and only where nothing is real: move the clock, read what was mailed, play the
 * buyer and the payment processor. None of it needs credentials. In production none of it exists.
 */
export class SandboxResource extends Resource {
  /**
   * Move the clock.
   *
   * Moves the sandbox's time ahead, for every process, and runs what is due by then (credits
   * expire, deadlines pass, files are removed) before it answers with the new time. The clock
   * never goes back, and stays within a hundred years of the real time: else 422 `invalid_input`.
   * What is no period is refused with 400.
   */
  clock(body: AdvanceClock, options?: RequestOptions): APIPromise<SandboxClock> {
    return this.transport.send(
      { method: "POST", path: "/sandbox/clock", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Read the outbox.
   *
   * The mails that a real server would have sent, newest first: codes to verify an address are in
   * here. The newest thousand mails are looked at.
   */
  outbox(params: SandboxOutboxParams = {}, options?: RequestOptions): APIPromise<Outbox> {
    return this.transport.send(
      { method: "GET", path: "/sandbox/outbox", query: params, auth: "none" },
      options,
    );
  }

  /**
   * Decide a checkout.
   *
   * Has the sandbox's payment processor announce an outcome, signed and by the same way as a real
   * processor's word, and answers with the purchase as it stands then. Outcomes may come in any
   * order and number: a purchase grants its credits once, and stands where all of them together
   * put it. A dispute opens with `disputed`, and is settled by `dispute_won` or `dispute_lost`.
   * Opened in a browser, the same address is a checkout page.
   *
   * A refund of exactly 13.13 is refused by this processor, so that you see what becomes of the
   * credits. Of a price of exactly 14.14 it tells nothing by itself, and says that it was paid
   * when it is asked, ten minutes later.
   */
  checkout(
    purchase: PurchaseId,
    body: AnnounceCheckout,
    options?: RequestOptions,
  ): APIPromise<Purchase> {
    return this.transport.send(
      { method: "POST", path: path`/sandbox/checkout/${purchase}`, json: body, auth: "none" },
      options,
    );
  }
}
