// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Transport } from "./core/transport.js";
import type { ClientOptions } from "./core/options.js";
import { apiError } from "./errors.js";
import { ModelsResource } from "./resources/models.js";
import { GenerationsResource } from "./resources/generations.js";
import { EstimatesResource } from "./resources/estimates.js";
import { BatchesResource } from "./resources/batches.js";
import { FilesResource } from "./resources/files.js";
import { CreditsResource } from "./resources/credits.js";
import { UsageResource } from "./resources/usage.js";
import { OffersResource } from "./resources/offers.js";
import { PurchasesResource } from "./resources/purchases.js";
import { EventsResource } from "./resources/events.js";
import { WebhookEndpointsResource } from "./resources/webhook-endpoints.js";
import { WebhookDeliveriesResource } from "./resources/webhook-deliveries.js";
import { KeysResource } from "./resources/keys.js";
import { AuthResource } from "./resources/auth.js";
import { AccountResource } from "./resources/account.js";
import { OauthResource } from "./resources/oauth.js";
import { IdentitiesResource } from "./resources/identities.js";
import { SessionsResource } from "./resources/sessions.js";
import { TotpResource } from "./resources/totp.js";
import { DataRightsResource } from "./resources/data-rights.js";
import { ConsentsResource } from "./resources/consents.js";
import { SandboxResource } from "./resources/sandbox.js";

/**
 * AI images, videos, voices and texts behind one API.
 *
 * ```ts
 * const tintype = new Tintype(); // reads TINTYPE_API_KEY
 * const generation = await tintype.generations.createAndWait({
 *   model: "sandbox-image",
 *   input: { prompt: "a lighthouse at dawn" },
 * });
 * ```
 */
export class Tintype {
  /**
   * What can be made, by whom, where and for how much. Models are configuration: ask for the list
   * instead of writing it down.
   */
  readonly models: ModelsResource;

  /**
   * Images, videos, speech and text. A generation is accepted at once, made in the background,
   * and costs nothing unless it succeeds.
   */
  readonly generations: GenerationsResource;

  /**
   * What generations would cost, line by line, before any is made; and a price that holds for a
   * quarter of an hour.
   */
  readonly estimates: EstimatesResource;

  /** Many generations at once: accepted together, held for together, told of together. */
  readonly batches: BatchesResource;

  /** What generations made. Links are ours and short-lived, and die when the file is erased. */
  readonly files: FilesResource;

  /** The balance, the lots that it consists of, and every movement of it. */
  readonly credits: CreditsResource;

  /** What was made and what it cost, by day, model, key and end user. */
  readonly usage: UsageResource;

  /** Offers and purchases of credits. */
  readonly offers: OffersResource;

  /** Offers and purchases of credits. */
  readonly purchases: PurchasesResource;

  /**
   * What happened, pushed to your own addresses or pulled: each event at least once, signed, and
   * in both cases with the same id.
   */
  readonly events: EventsResource;

  /**
   * What happened, pushed to your own addresses or pulled: each event at least once, signed, and
   * in both cases with the same id.
   */
  readonly webhookEndpoints: WebhookEndpointsResource;

  /**
   * What happened, pushed to your own addresses or pulled: each event at least once, signed, and
   * in both cases with the same id.
   */
  readonly webhookDeliveries: WebhookDeliveriesResource;

  /**
   * API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data only
   * and spends test credits.
   */
  readonly keys: KeysResource;

  /** Signing up, signing in, and the account itself. */
  readonly auth: AuthResource;

  /** Signing up, signing in, and the account itself. */
  readonly account: AccountResource;

  /** Signing up, signing in, and the account itself. */
  readonly oauth: OauthResource;

  /** Signing up, signing in, and the account itself. */
  readonly identities: IdentitiesResource;

  /** Signing up, signing in, and the account itself. */
  readonly sessions: SessionsResource;

  /** Signing up, signing in, and the account itself. */
  readonly totp: TotpResource;

  /** Requests about personal data: a copy of all of it, or its erasure, with a receipt. */
  readonly dataRights: DataRightsResource;

  /** Requests about personal data: a copy of all of it, or its erasure, with a receipt. */
  readonly consents: ConsentsResource;

  /**
   * Beside the API, and only where nothing is real: move the clock, read what was mailed, play
   * the buyer and the payment processor. None of it needs credentials. In production none of it
   * exists.
   */
  readonly sandbox: SandboxResource;

  readonly #options: ClientOptions;

  constructor(options: ClientOptions = {}) {
    const transport = new Transport(options, {
      baseURL: "http://127.0.0.1:8080",
      errors: apiError,
    });
    this.#options = options;
    this.models = new ModelsResource(transport);
    this.generations = new GenerationsResource(transport);
    this.estimates = new EstimatesResource(transport);
    this.batches = new BatchesResource(transport);
    this.files = new FilesResource(transport);
    this.credits = new CreditsResource(transport);
    this.usage = new UsageResource(transport);
    this.offers = new OffersResource(transport);
    this.purchases = new PurchasesResource(transport);
    this.events = new EventsResource(transport);
    this.webhookEndpoints = new WebhookEndpointsResource(transport);
    this.webhookDeliveries = new WebhookDeliveriesResource(transport);
    this.keys = new KeysResource(transport);
    this.auth = new AuthResource(transport);
    this.account = new AccountResource(transport);
    this.oauth = new OauthResource(transport);
    this.identities = new IdentitiesResource(transport);
    this.sessions = new SessionsResource(transport);
    this.totp = new TotpResource(transport);
    this.dataRights = new DataRightsResource(transport);
    this.consents = new ConsentsResource(transport);
    this.sandbox = new SandboxResource(transport);
  }

  /** A client like this one, with some options changed: another key, more retries. */
  withOptions(options: ClientOptions): Tintype {
    return new Tintype({ ...this.#options, ...options });
  }
}
