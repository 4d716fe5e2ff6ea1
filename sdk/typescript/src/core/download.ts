import { APIPromise } from "./api-promise.js";
import type { Answer } from "./api-promise.js";
import { pieces, readable } from "./bytes.js";
import { builtin } from "./environment.js";

interface FileSystem {
  open(path: string, flags: string): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { force: boolean }): Promise<void>;
}

interface FileHandle {
  writeFile(data: AsyncIterable<Uint8Array>): Promise<void>;
  close(): Promise<void>;
}

/** A file on its way. Read it once, in whichever way suits. */
export class Download {
  /** Its media type. */
  readonly contentType: string;
  /** Its size in bytes, if known beforehand. */
  readonly size: number | undefined;

  /** Status and headers. */
  readonly response: Response;
  readonly #cause: (error: unknown) => Error;

  /** `cause` makes an error of ours from what broke off the transfer. */
  constructor(response: Response, cause: (error: unknown) => Error) {
    this.response = response;
    this.#cause = cause;
    this.contentType = response.headers.get("content-type") ?? "application/octet-stream";
    const size = response.headers.get("content-length");
    this.size = size === null ? undefined : Number(size);
  }

  /** Its bytes as they come. Fails if they break off. */
  stream(): ReadableStream<Uint8Array> {
    return readable(pieces(this.response.body ?? new Blob([]).stream(), this.#cause));
  }

  /** All of it in memory. */
  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await new Response(this.stream()).arrayBuffer());
  }

  /** All of it in memory, with its media type. */
  async blob(): Promise<Blob> {
    return new Blob([await new Response(this.stream()).arrayBuffer()], { type: this.contentType });
  }

  /**
   * Writes it to a file (not in browsers), without ever holding all of it in memory. The file
   * appears when it is complete.
   */
  async saveTo(path: string): Promise<void> {
    const fs = builtin<FileSystem>("node:fs/promises");
    const partial = `${path}.part`;
    try {
      const file = await fs.open(partial, "w");
      try {
        await file.writeFile(this.stream());
      } finally {
        await file.close();
      }
      await fs.rename(partial, path);
    } catch (error) {
      await fs.rm(partial, { force: true });
      throw error;
    }
  }
}

/** Await it to begin, or say at once where the bytes shall go. */
export class DownloadPromise extends APIPromise<Download> {
  constructor(answer: Promise<Answer<Download>>) {
    super(answer);
  }

  /** All of it in memory. */
  async bytes(): Promise<Uint8Array> {
    return (await this).bytes();
  }

  /** All of it in memory, with its media type. */
  async blob(): Promise<Blob> {
    return (await this).blob();
  }

  /** Writes it to a file (not in browsers), which appears when it is complete. */
  async saveTo(path: string): Promise<void> {
    await (await this).saveTo(path);
  }
}
