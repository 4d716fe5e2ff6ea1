// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type {
  ChangePassword,
  ForgotPassword,
  Login,
  PasswordForgotten,
  Proof,
  Refresh,
  Register,
  Registration,
  Requirements,
  ResetPassword,
  Session,
  SteppedUp,
  VerifyEmail,
} from "../types.js";

export interface AuthRequirementsParams {
  /** Where the person lives (ISO 3166-1, two letters), if you know it. */
  country?: string;
}

/** Signing up, signing in, and the account itself. */
export class AuthResource extends Resource {
  /**
   * Sign up.
   *
   * Sends a mail with a code to the address; `auth.verify_email` takes it, together with
   * `registration` from this answer. The answer is the same whether the address is new or has an
   * account: its owner learns by mail.
   *
   * The password is the one of the attempt that is completed: what others type for the same
   * address changes nothing. A few mails an hour are sent to an address, then one each quarter of
   * an hour; every code in the inbox that is still valid completes the attempt, whichever attempt
   * it was mailed for.
   *
   * Where the operator asks for an age or for the acceptance of a policy, `auth.requirements`
   * says so; who is too young is refused with `below_minimum_age`, and nothing of them is kept.
   */
  register(body: Register, options?: RequestOptions): APIPromise<Registration> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/register", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Confirm an address.
   *
   * Takes the attempt that `auth.register` answered and the mailed code, and opens a session. A
   * code works once, for 30 minutes; after that, sign up again for another one. If you lost the
   * answer, sign in with `auth.login`.
   */
  verifyEmail(body: VerifyEmail, options?: RequestOptions): APIPromise<Session> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/verify-email", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Sign in.
   *
   * Opens a session for a confirmed address. When the device is new, its owner is told by mail.
   * After a few wrong passwords for one address, whoever tries from the same network has to wait
   * before each further try, longer every time; `Retry-After` says how long. Of more than 100
   * open sessions, unless the operator says otherwise, the one that was used longest ago ends.
   *
   * An account with an authenticator app answers the right password with `totp_required`: send
   * the request again with `totp_code` or `recovery_code`. After a few wrong codes everybody
   * waits before the next, a quarter of an hour at most; a recovery code needs no wait.
   */
  login(body: Login, options?: RequestOptions): APIPromise<Session> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/login", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Sign out.
   *
   * Ends the session whose access token is sent; the token is refused everywhere within five
   * seconds. An API key has no session: it is answered with `not_found`.
   */
  logout(options?: RequestOptions): APIPromise<void> {
    return this.transport.send({ method: "POST", path: "/v1/auth/logout" }, options);
  }

  /**
   * What a sign-up asks for.
   *
   * What to ask people, besides an address and a password, for `auth.register` or, where they
   * come with another provider, for `account.agree`.
   */
  requirements(
    params: AuthRequirementsParams = {},
    options?: RequestOptions,
  ): APIPromise<Requirements> {
    return this.transport.send(
      { method: "GET", path: "/v1/auth/requirements", query: params, auth: "none" },
      options,
    );
  }

  /**
   * Ask for a new password.
   *
   * Sends a mail with a code, if the address has an account; `auth.password_reset` takes it. The
   * answer is the same for every address. A few mails an hour are sent to an address, then one
   * each quarter of an hour; every code in the inbox that is still valid counts.
   */
  passwordForgot(body: ForgotPassword, options?: RequestOptions): APIPromise<PasswordForgotten> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/password/forgot", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Set a new password.
   *
   * Takes the mailed code, which works once, for 30 minutes. All sessions of the account end;
   * sign in with the new password. API keys stay as they are.
   */
  passwordReset(body: ResetPassword, options?: RequestOptions): APIPromise<void> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/password/reset", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Change the password.
   *
   * Needs a session and the present password. All other sessions of the account end, and its
   * owner is told by mail. An API key has no password: it is answered with `not_found`.
   */
  passwordChange(body: ChangePassword, options?: RequestOptions): APIPromise<void> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/password/change", json: body },
      options,
    );
  }

  /**
   * Refresh a session.
   *
   * Exchanges a refresh token for a new access token and a new refresh token. The old one is used
   * up: within ten seconds it gives the same new tokens again, for those who ask at the same
   * moment or lost the answer; if it comes back later, it was copied, and the whole session ends.
   * A session ends also when it is not refreshed for two weeks, and 90 days after the sign-in,
   * unless the operator chose other periods.
   */
  refresh(body: Refresh, options?: RequestOptions): APIPromise<Session> {
    return this.transport.send(
      { method: "POST", path: "/v1/auth/refresh", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Step up a session.
   *
   * Proves once more that it is you: by the password, a code of your authenticator app, or a
   * recovery code. For 15 minutes from then on the session may change the ways into the account,
   * as it may after a sign-in; what needs it is refused with `step_up_required` otherwise.
   * Without a password and an authenticator app, sign in again instead. An API key has no
   * session: it is answered with `not_found`.
   */
  stepUp(body: Proof, options?: RequestOptions): APIPromise<SteppedUp> {
    return this.transport.send({ method: "POST", path: "/v1/auth/step-up", json: body }, options);
  }
}
