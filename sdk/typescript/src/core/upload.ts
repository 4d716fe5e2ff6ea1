import { pieces, readable } from "./bytes.js";
import { builtin, isNode } from "./environment.js";

/**
 * A file to send: a `File`, a `Blob`, or a source of bytes. Never held in memory as a whole.
 *
 * To send what lies on a disk, see `fileAt`.
 */
export type Upload = Blob | UploadSource;

/** Bytes that are not in a `Blob`. In browsers sending them takes HTTP/2. */
export interface UploadSource {
  name?: string | undefined;
  /** The media type. */
  type?: string | undefined;
  /** Opens it from its start, at every attempt anew. */
  stream(): ReadableStream<Uint8Array>;
}

/** What becomes part of a request. */
export interface Body {
  init: RequestInit & { duplex?: "half" };
  contentType?: string;
}

/** A file on the disk (not in browsers). It is read while it is sent. */
export async function fileAt(path: string, options: { name?: string; type?: string } = {}): Promise<File> {
  const { openAsBlob } = builtin<{ openAsBlob(path: string): Promise<Blob> }>("node:fs");
  const name = options.name ?? path.split(/[\\/]/).at(-1) ?? "file";
  return new File([await openAsBlob(path)], name, { type: options.type ?? "" });
}

/**
 * `multipart/form-data` for one attempt: each has a boundary of its own and reads its files from
 * the start. What is null or undefined is left out, lists are repeated.
 */
export function formBody(fields: object): Body {
  const parts = Object.entries(fields).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value])
      .filter((one) => one !== null && one !== undefined)
      .map((one): Part => [name, isUpload(one) ? one : text(one)]),
  );
  // Node keeps all that it sends in memory in case it is redirected, unless it mustn't be.
  const init: RequestInit = isNode ? { redirect: "error", window: null } : {};
  if (parts.some(([, value]) => typeof value === "object" && !(value instanceof Blob))) {
    const boundary = `tintype-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
    const body = readable(encoded(parts, boundary));
    return {
      init: { ...init, body, duplex: "half" },
      contentType: `multipart/form-data; boundary=${boundary}`,
    };
  }
  // Platforms frame these themselves, and know their length.
  const body = new FormData();
  for (const [name, value] of parts as [string, string | Blob][]) {
    body.append(name, value);
  }
  return { init: { ...init, body } };
}

type Part = [name: string, value: string | Upload];

function isUpload(value: unknown): value is Upload {
  return typeof value === "object" && value !== null && "stream" in value;
}

function text(value: unknown): string {
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function* encoded(parts: Part[], boundary: string): AsyncGenerator<Uint8Array, void, undefined> {
  const utf8 = new TextEncoder();
  for (const [name, value] of parts) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`;
    if (typeof value === "string") {
      yield utf8.encode(`${head}\r\n\r\n${value}\r\n`);
      continue;
    }
    const filename = "name" in value && value.name ? value.name : "blob";
    const type = value.type || "application/octet-stream";
    yield utf8.encode(`${head}; filename="${escaped(filename)}"\r\nContent-Type: ${type}\r\n\r\n`);
    yield* pieces(value.stream(), (error) => new Error("can't read the file", { cause: error }));
    yield utf8.encode("\r\n");
  }
  yield utf8.encode(`--${boundary}--\r\n`);
}

/** As browsers write names into a header. */
function escaped(name: string): string {
  return name.replace(/\n/g, "%0A").replace(/\r/g, "%0D").replace(/"/g, "%22");
}
