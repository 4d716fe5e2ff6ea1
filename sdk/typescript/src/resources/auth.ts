// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type { Login, Register, Registration, Session, VerifyEmail } from "../types.js";

/** Signing up, signing in, and the account itself. */
export class AuthResource extends Resource {
  /**
   * Sign up.
   *
   * Sends a mail with a code of eight digits to the address; `auth.verify_email` takes it. The
   * answer is the same whether the address is new or has an account: its owner learns by mail.
   * Signing up again with an address that is not confirmed replaces the password and sends a new
   * code, a few times an hour at most.
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
   * Takes the mailed code and opens a session. A code works once, for 30 minutes and five tries;
   * after that, sign up again for another one. If you lost the answer, sign in with `auth.login`.
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
   * Opens a session for a confirmed address. After a few wrong passwords for one address, whoever
   * tries from the same network has to wait before each further try, longer every time;
   * `Retry-After` says how long.
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
}
