// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import { Resource } from "../core/resource.js";
import type { APIPromise } from "../core/api-promise.js";
import type { DownloadPromise } from "../core/download.js";
import type { RequestOptions } from "../core/options.js";
import { path } from "../core/path.js";
import type { FileId, FileObject } from "../types.js";

export interface FilesContentParams {
  /** From a link; instead of a key. */
  token?: string;
  /** As in `bytes=0-1023`. */
  range?: string;
}

/** What generations made. Links are ours and short-lived, and die when the file is erased. */
export class FilesResource extends Resource {
  /**
   * Get a file.
   *
   * What is known of the file, with a fresh link to its content.
   *
   * Scope: `files:read`.
   */
  get(id: FileId, options?: RequestOptions): APIPromise<FileObject> {
    return this.transport.send({ method: "GET", path: path`/v1/files/${id}` }, options);
  }

  /**
   * Download a file.
   *
   * The file's bytes. Either your key or the `token` of a link opens it; the link in a
   * generation's `outputs` has one. `Range` requests are answered with the part that was asked
   * for. A file that our storage lost fails with 500 `file_lost`: it is still yours, and there is
   * nothing that you did wrong.
   */
  content(id: FileId, params: FilesContentParams = {}, options?: RequestOptions): DownloadPromise {
    return this.transport.download(
      {
        method: "GET",
        path: path`/v1/files/${id}/content`,
        query: { token: params.token },
        headers: { Range: params.range },
        auth: "optional",
      },
      options,
    );
  }
}
