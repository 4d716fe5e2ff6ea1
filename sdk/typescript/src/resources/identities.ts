// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import { path } from "../core/path.js";
import type { Identities, Identity, IdentityId, RedeemCode } from "../types.js";

/** Signing up, signing in, and the account itself. */
export class IdentitiesResource extends Resource {
  /**
   * List linked identities.
   *
   * Who the account's owner is at the providers that they sign in with, oldest first. Needs no
   * scope.
   */
  list(options?: RequestOptions): APIPromise<Identities> {
    return this.transport.send({ method: "GET", path: "/v1/auth/oauth/identities" }, options);
  }

  /**
   * Link an identity.
   *
   * Takes the code that the browser brought back after `oauth.link`, of the same account, and
   * links the identity. It takes a session whose owner signed in or stepped up within the last 15
   * minutes. An identity belongs to one account, and an account has one of each provider.
   */
  create(body: RedeemCode, options?: RequestOptions): APIPromise<Identity> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/oauth/identities", json: body },
      options,
    );
  }

  /**
   * Unlink an identity.
   *
   * The provider's sign-in opens this account no more. The last way in can't be taken away: set a
   * password or link another provider first. It takes a session whose owner signed in or stepped
   * up within the last 15 minutes.
   */
  delete(id: IdentityId, options?: RequestOptions): APIPromise<void> {
    return this.transport.send(
      { method: "DELETE", path: path`/v1/auth/oauth/identities/${id}` },
      options,
    );
  }
}
