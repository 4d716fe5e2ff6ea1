// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { BeginLink, LinkBegun, OauthProviders, Session, SignIn } from "../types.js";

/** Signing up, signing in, and the account itself. */
export class OauthResource extends Resource {
  /**
   * List sign-in providers.
   *
   * The providers that people can sign in with besides a password. To sign somebody in, your
   * server makes a random `code_verifier`, keeps it, and redirects the browser to the provider's
   * `start_url` with three parameters: `redirect_uri`, an address of your server that the
   * operator allows; `code_challenge`, the SHA-256 of the verifier in URL-safe base64; and, if
   * you like, `state`. The browser comes back to `redirect_uri` with a `code`, which your server
   * exchanges by `oauth.token`, or with an `error`: `access_denied`, `provider_refused` or
   * `provider_unavailable`.
   */
  providers(options?: RequestOptions): APIPromise<OauthProviders> {
    return this.transport.send(
      { method: "GET", path: "/v1/auth/oauth/providers", auth: "none" },
      options,
    );
  }

  /**
   * Sign in with a provider's code.
   *
   * Exchanges the code that the browser brought back from a provider for a session. Your server
   * calls it, since pages of another origin can't. A code works once, for ten minutes, together
   * with the `code_verifier` that the sign-in began with.
   *
   * Somebody who comes for the first time gets an account, or the account that has their address
   * and a password, if both the provider and the account have proved the address. An account that
   * has another provider already is not merged: `use_other_method` names its ways in. An account
   * that its owner closed answers `account_closed` for as long as the link in their mail opens it
   * again. An address that the provider does not vouch for is refused with `email_unverified`.
   *
   * When the device is new, the account's owner is told by mail.
   *
   * An account with an authenticator app answers `totp_required`, and the code stays valid: send
   * the request again with `totp_code` or `recovery_code`.
   */
  token(body: SignIn, options?: RequestOptions): APIPromise<Session> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/oauth/token", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Begin to link a provider.
   *
   * Answers with an address to send the browser to, valid for ten minutes. The browser comes back
   * to `redirect_uri` with a `code` for `identities.create`. It takes a session whose owner
   * signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is answered
   * with `not_found`.
   */
  link(body: BeginLink, options?: RequestOptions): APIPromise<LinkBegun> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/oauth/link", json: body },
      options,
    );
  }
}
