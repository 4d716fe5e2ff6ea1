// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Transport } from "./core/transport.js";
import type { ClientOptions } from "./core/options.js";
import { apiError } from "./errors.js";
import { ModelsResource } from "./resources/models.js";
import { GenerationsResource } from "./resources/generations.js";
import { FilesResource } from "./resources/files.js";
import { CreditsResource } from "./resources/credits.js";
import { OffersResource } from "./resources/offers.js";
import { PurchasesResource } from "./resources/purchases.js";
import { KeysResource } from "./resources/keys.js";
import { AuthResource } from "./resources/auth.js";
import { AccountResource } from "./resources/account.js";
import { DataRightsResource } from "./resources/data-rights.js";
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

  /** What generations made. Links are ours and short-lived, and die when the file is erased. */
  readonly files: FilesResource;

  /** The balance, the lots that it consists of, and every movement of it. */
  readonly credits: CreditsResource;

  /** Offers and purchases of credits. */
  readonly offers: OffersResource;

  /** Offers and purchases of credits. */
  readonly purchases: PurchasesResource;

  /**
   * API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data only
   * and spends test credits.
   */
  readonly keys: KeysResource;

  /** Signing up, signing in, and the account itself. */
  readonly auth: AuthResource;

  /** Signing up, signing in, and the account itself. */
  readonly account: AccountResource;

  /** Requests about personal data: a copy of all of it, or its erasure, with a receipt. */
  readonly dataRights: DataRightsResource;

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
    this.files = new FilesResource(transport);
    this.credits = new CreditsResource(transport);
    this.offers = new OffersResource(transport);
    this.purchases = new PurchasesResource(transport);
    this.keys = new KeysResource(transport);
    this.auth = new AuthResource(transport);
    this.account = new AccountResource(transport);
    this.dataRights = new DataRightsResource(transport);
    this.sandbox = new SandboxResource(transport);
  }

  /** A client like this one, with some options changed: another key, more retries. */
  withOptions(options: ClientOptions): Tintype {
    return new Tintype({ ...this.#options, ...options });
  }
}
