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

  constructor(readonly response: Response) {
    this.contentType = response.headers.get("content-type") ?? "application/octet-stream";
    const size = response.headers.get("content-length");
    this.size = size === null ? undefined : Number(size);
  }

  /** Its bytes as they come. */
  stream(): ReadableStream<Uint8Array> {
    return this.response.body ?? new Blob([]).stream();
  }

  /** All of it in memory. */
  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.response.arrayBuffer());
  }

  blob(): Promise<Blob> {
    return this.response.blob();
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
