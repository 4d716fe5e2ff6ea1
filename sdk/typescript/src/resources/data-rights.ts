// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { DownloadPromise } from "../core/download.js";
import type { RequestOptions } from "../core/options.js";
import type { PagePromise } from "../core/page.js";
import { path } from "../core/path.js";
import type {
  CreateDataRequest,
  DataReceipt,
  DataRequest,
  DataRequestId,
  VerifyDataRequest,
} from "../types.js";

export interface DataRightsListParams {
  /** How many to return. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

export interface DataRightsArchiveParams {
  /** As in `bytes=0-1023`. */
  range?: string;
}

export interface DataRightsReceiptParams {
  /** From the link; instead of a key. */
  token?: string;
}

/** Requests about personal data: a copy of all of it, or its erasure, with a receipt. */
export class DataRightsResource extends Resource {
  /**
   * Ask for a copy or for erasure.
   *
   * A request is about the whole account: its live and its test data. It starts nothing yet. We
   * mail a code to the account's address; `data_rights.verify` takes it within 30 minutes, or the
   * request expires.
   *
   * `access` makes a zip archive: all rows that name the account, table by table as JSON, the
   * original files, and a list of what is left out and why. It can be downloaded for 14 days.
   * Should our storage have lost a file, the request is `partially_fulfilled`, and it, its
   * receipt and the archive name what is `missing`. What can't be read for the moment is waited
   * for until the day before the request is due.
   *
   * `erasure` ends the account for good: keys and sessions are revoked, what is under way is
   * canceled uncharged, credits that are left expire, files and content are deleted. What is kept
   * for the books, without its content, stands in the receipt. So does a keyed hash of the
   * address, where welcome credits were used: they come once. Since your keys end too, keep the
   * link in `receipt`: it needs none, and our last mail repeats it.
   *
   * Where real money is spent, a test key is refused with 422 `invalid_input`: sign in, or use a
   * live key. Fails with 409 `conflict` while a request of the same type is open; `request` then
   * names it.
   *
   * Scope: `data_rights:write`.
   */
  create(body: CreateDataRequest, options?: RequestOptions): APIPromise<DataRequest> {
    return this.transport.send(
      { method: "POST", path: "/v1/data-rights/requests", json: body, idempotent: true },
      options,
    );
  }

  /**
   * List requests.
   *
   * The account's requests that were made in the mode of the credentials, newest first.
   *
   * Scope: `data_rights:read`.
   */
  list(params: DataRightsListParams = {}, options?: RequestOptions): PagePromise<DataRequest> {
    return this.transport.list(
      { method: "GET", path: "/v1/data-rights/requests", query: params },
      options,
    );
  }

  /**
   * Get a request.
   *
   * Where it stands, and what was done so far.
   *
   * Scope: `data_rights:read`.
   */
  get(id: DataRequestId, options?: RequestOptions): APIPromise<DataRequest> {
    return this.transport.send(
      { method: "GET", path: path`/v1/data-rights/requests/${id}` },
      options,
    );
  }

  /**
   * Confirm a request.
   *
   * Takes the mailed code; from here on the request is fulfilled without further questions,
   * mostly within minutes. An erasure can't be stopped any more, and the credentials that you
   * send end with it: note the link in `receipt`.
   *
   * A code works once: a wrong one fails with 422 `code_invalid`. For a new code, withdraw the
   * request and make another. Fails with 409 `conflict` for a request that does not wait to be
   * confirmed.
   *
   * Scope: `data_rights:write`.
   */
  verify(
    id: DataRequestId,
    body: VerifyDataRequest,
    options?: RequestOptions,
  ): APIPromise<DataRequest> {
    return this.transport.send(
      {
        method: "POST",
        path: path`/v1/data-rights/requests/${id}/verify`,
        json: body,
        idempotent: true,
      },
      options,
    );
  }

  /**
   * Withdraw a request.
   *
   * Takes back a request that was not confirmed yet; its code is void. Fails with 409 `conflict`
   * for any other.
   *
   * Scope: `data_rights:write`.
   */
  withdraw(id: DataRequestId, options?: RequestOptions): APIPromise<DataRequest> {
    return this.transport.send(
      { method: "POST", path: path`/v1/data-rights/requests/${id}/withdraw`, idempotent: true },
      options,
    );
  }

  /**
   * Download the archive.
   *
   * The zip archive of a fulfilled, or partially fulfilled, access request. `README.txt` in it
   * says what is where. `Range` requests are answered with the part that was asked for. Fails
   * with 409 `conflict` when there is no archive yet, or never will be, and with 410 `erased`
   * when its 14 days are over: ask for a new one.
   *
   * Scope: `data_rights:read`.
   */
  archive(
    id: DataRequestId,
    params: DataRightsArchiveParams = {},
    options?: RequestOptions,
  ): DownloadPromise {
    return this.transport.download(
      {
        method: "GET",
        path: path`/v1/data-rights/requests/${id}/archive`,
        headers: { Range: params.range },
      },
      options,
    );
  }

  /**
   * Get the receipt.
   *
   * What was done for a fulfilled request, table by table, and what was kept and why, signed.
   * Either your key or the `token` of the request's `receipt` link opens it; the link stays good
   * after an erasure. Fails with 409 `conflict` until the request is fulfilled.
   */
  receipt(
    id: DataRequestId,
    params: DataRightsReceiptParams = {},
    options?: RequestOptions,
  ): APIPromise<DataReceipt> {
    return this.transport.send(
      {
        method: "GET",
        path: path`/v1/data-rights/requests/${id}/receipt`,
        query: params,
        auth: "optional",
      },
      options,
    );
  }
}
