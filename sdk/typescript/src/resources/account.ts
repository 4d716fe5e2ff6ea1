// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { RequestOptions } from "../core/options.js";
import type {
  Account,
  Agreement,
  ChangeEmail,
  ConfirmEmail,
  EmailChange,
  Reactivate,
  Session,
  UpdateAccount,
} from "../types.js";

/** Signing up, signing in, and the account itself. */
export class AccountResource extends Resource {
  /**
   * Get the account.
   *
   * The account that the credentials belong to. Needs no scope.
   */
  get(options?: RequestOptions): APIPromise<Account> {
    return this.transport.send({ method: "GET", path: "/v1/account" }, options);
  }

  /**
   * Change the account.
   *
   * Its owner's name and the language of its mails. Needs a session; an API key is answered with
   * `not_found`.
   */
  update(body: UpdateAccount, options?: RequestOptions): APIPromise<Account> {
    return this.transport.send({ method: "PATCH", path: "/v1/account", json: body }, options);
  }

  /**
   * Close the account.
   *
   * All sessions end and all API keys stop, everywhere within five seconds. What waits to be made
   * is canceled and costs nothing. What was bought stays: until `reopen_until` the account can be
   * opened again, with `account.reactivate` or by the link that is mailed. What happens after
   * that is the operator's choice: mostly, everything is erased. For an erasure at once, use
   * `data_rights.create`. It takes a fresh session (`auth.step_up`); an API key is answered with
   * `not_found`.
   */
  close(options?: RequestOptions): APIPromise<Account> {
    return this.transport.send({ method: "DELETE", path: "/v1/account" }, options);
  }

  /**
   * Open a closed account again.
   *
   * Takes address and password, opens the account and a session. Keys work again as they did
   * before. For any other account it is the same as `auth.login`. Who signs in with a provider
   * alone uses the link that was mailed.
   */
  reactivate(body: Reactivate, options?: RequestOptions): APIPromise<Session> {
    return this.transport.send(
      { method: "POST", path: "/v1/account/reactivate", json: body, auth: "none" },
      options,
    );
  }

  /**
   * Change the mail address.
   *
   * Mails a code to the new address; `account.confirm_email` takes it, and until then nothing
   * changes. The answer is the same whether the address has an account or not. It takes a fresh
   * session (`auth.step_up`); an API key is answered with `not_found`.
   */
  changeEmail(body: ChangeEmail, options?: RequestOptions): APIPromise<EmailChange> {
    return this.transport.send({ method: "POST", path: "/v1/account/email", json: body }, options);
  }

  /**
   * Confirm the new mail address.
   *
   * Takes the code that was mailed to it. From then on the account has this address, and the one
   * before is told. Needs a session; an API key is answered with `not_found`.
   */
  confirmEmail(body: ConfirmEmail, options?: RequestOptions): APIPromise<Account> {
    return this.transport.send(
      { method: "POST", path: "/v1/account/email/confirm", json: body },
      options,
    );
  }

  /**
   * Complete a sign-up.
   *
   * Takes what `pending` of a session or account names: people who came with another provider
   * were not asked for it on the way, and until they answered, the account is refused everything
   * else with `sign_up_incomplete`. It also takes the acceptance of a later version of the
   * policy. Needs a session; an API key is answered with `not_found`.
   *
   * A newcomer below the minimum age is refused with `below_minimum_age`, and the account is
   * erased.
   */
  agree(body: Agreement, options?: RequestOptions): APIPromise<Account> {
    return this.transport.send(
      { method: "POST", path: "/v1/account/agreement", json: body },
      options,
    );
  }
}
