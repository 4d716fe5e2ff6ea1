// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type { CreatePurchase, Purchase, PurchaseId, PurchaseReceipt } from "../types.js";

export interface PurchasesListParams {
  /** How many to return: 1 to 100, 20 if absent. */
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}

/** Offers and purchases of credits. */
export class PurchasesResource extends Resource {
  /**
   * Buy credits.
   *
   * Opens a checkout at a payment processor. Send the buyer to `checkout_url`; the credits come
   * when the processor tells us of the payment, mostly within seconds, and once, however often it
   * tells us. Test credentials buy test credits.
   *
   * Send an `Idempotency-Key`: if the connection breaks, the same request then finds the purchase
   * that it made instead of making another. While the first is still talking to the processor, a
   * repeated request fails with 409 `idempotency_in_progress`.
   *
   * Fails with 422 `unknown_offer` when there is no such offer or it has no price in `currency`,
   * with 422 `invalid_input` for a processor that is not configured, for a URL that no browser
   * opens and when the processor refuses, and with 503 `unavailable` when the processor does not
   * answer.
   *
   * Scope: `purchases:write`.
   */
  create(body: CreatePurchase, options?: RequestOptions): APIPromise<Purchase> {
    return this.transport.send(
      { method: "POST", path: "/v1/purchases", json: body, idempotent: true },
      options,
    );
  }

  /**
   * List purchases.
   *
   * All purchases of the account in the mode of the credentials, newest first, 20 a page unless
   * `limit` says otherwise.
   *
   * Scope: `purchases:read`.
   */
  list(params: PurchasesListParams = {}, options?: RequestOptions): PagePromise<Purchase> {
    return this.transport.list({ method: "GET", path: "/v1/purchases", query: params }, options);
  }

  /**
   * Get a purchase.
   *
   * Where it stands. Ask for this when the buyer comes back to your `success_url`: `status` is
   * `paid` once the credits are there, and still `pending` when the buyer was faster than the
   * processor.
   *
   * Scope: `purchases:read`.
   */
  get(id: PurchaseId, options?: RequestOptions): APIPromise<Purchase> {
    return this.transport.send({ method: "GET", path: path`/v1/purchases/${id}` }, options);
  }

  /**
   * Get a receipt.
   *
   * What was bought, from whom and for how much, with a number that never changes. It stays after
   * a refund and then says so. Fails with 409 `conflict` while nothing was paid.
   *
   * Scope: `purchases:read`.
   */
  receipt(id: PurchaseId, options?: RequestOptions): APIPromise<PurchaseReceipt> {
    return this.transport.send({ method: "GET", path: path`/v1/purchases/${id}/receipt` }, options);
  }

  /**
   * Refund a purchase.
   *
   * Gives back the price of the credits that are left: all of it while none was touched, else
   * their share, rounded down to the currency's smallest unit. The credits are taken back at once
   * and the purchase is `refunding`, with the amount in `refund`; it is `refunded` when the
   * processor has returned the money, and `paid` again, credits included, should the processor
   * refuse. A purchase that is refunded already stays as it is.
   *
   * Fails with 409 `nothing_to_refund` when nothing was paid, the payment is disputed (ask again
   * if the dispute is won) or was charged back, or what is left of the credits is worth nothing;
   * `used` then says how many are gone. Fails with 409 `conflict` while generations hold credits
   * of it; `held` says how many.
   *
   * Scope: `purchases:write`.
   */
  refund(id: PurchaseId, options?: RequestOptions): APIPromise<Purchase> {
    return this.transport.send(
      { method: "POST", path: path`/v1/purchases/${id}/refund`, idempotent: true },
      options,
    );
  }
}
