// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { ConfirmTotp, Proof, RecoveryCodes, Totp, TotpBegun } from "../types.js";

/** Signing up, signing in, and the account itself. */
export class TotpResource extends Resource {
  /**
   * Get the second factor.
   *
   * Whether sign-ins ask for a code of an authenticator app, and how many recovery codes are
   * left. Needs no scope.
   */
  get(options?: RequestOptions): APIPromise<Totp> {
    return this.transport.send({ method: "GET", path: "/v1/auth/totp" }, options);
  }

  /**
   * Begin to set up an authenticator app.
   *
   * Answers a new secret. Show it as a QR code, and send the first code that the app shows to
   * `totp.confirm` within half an hour: nothing changes before. It takes a session whose owner
   * signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is answered
   * with `not_found`.
   */
  begin(options?: RequestOptions): APIPromise<TotpBegun> {
    return this.transport.send({ method: "POST", path: "/v1/auth/totp/begin" }, options);
  }

  /**
   * Turn on the authenticator app.
   *
   * Takes the first code. From now on every sign-in asks for one: `auth.login` and `oauth.token`
   * answer `totp_required` until `totp_code` or `recovery_code` comes with the request. Answers
   * ten recovery codes, once; if you lost the answer, call `totp.renew_recovery_codes`. Open
   * sessions stay, and the owner is told by mail. It takes a session whose owner signed in or
   * stepped up within the last 15 minutes.
   */
  confirm(body: ConfirmTotp, options?: RequestOptions): APIPromise<RecoveryCodes> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/totp/confirm", json: body },
      options,
    );
  }

  /**
   * Turn off the authenticator app.
   *
   * Takes the password, a code, or a recovery code, however fresh the session is: sign-ins ask
   * for no code any more, and the recovery codes are void. The owner is told by mail. An API key
   * is answered with `not_found`.
   */
  remove(body: Proof, options?: RequestOptions): APIPromise<void> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/totp/remove", json: body },
      options,
    );
  }

  /**
   * Replace the recovery codes.
   *
   * Answers ten new ones, once; the old ones are void, used or not, and the owner is told by
   * mail. It takes a session whose owner signed in or stepped up within the last 15 minutes; an
   * API key is answered with `not_found`.
   */
  renewRecoveryCodes(options?: RequestOptions): APIPromise<RecoveryCodes> {
    return this.transport.send({ method: "POST", path: "/v1/auth/totp/recovery-codes" }, options);
  }
}
