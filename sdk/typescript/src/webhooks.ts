import { TintypeError } from "./core/errors.js";
import type { WebhookEvent } from "./events.js";

/** What was delivered is not from Tintype, or too old. Answer 400 and forget it. */
export class WebhookVerificationError extends TintypeError {
  override readonly name: string = "WebhookVerificationError";
}

/** Headers as frameworks hand them out. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

/** How many seconds the sender's clock and yours may differ. */
const TOLERANCE = 300;

const encoder = new TextEncoder();

/**
 * Receives webhooks: checks that they are from Tintype and fresh (Standard Webhooks 1.0.0).
 *
 * ```ts
 * const webhook = new Webhook(process.env.TINTYPE_WEBHOOK_SECRET);
 * const event = await webhook.verify(await request.text(), request.headers);
 * ```
 */
export class Webhook {
  readonly #keys: Promise<CryptoKey[]>;

  /** The endpoint's secret (`whsec_…`); while you change it, the old one too. */
  constructor(...secrets: string[]) {
    if (secrets.length === 0) {
      throw new TintypeError("give the webhook's secret");
    }
    const keys = secrets.map(secretBytes).map((bytes) =>
      crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]),
    );
    this.#keys = Promise.all(keys);
  }

  /**
   * The event, or a `WebhookVerificationError`. `body` is the body as it came, byte for byte: not
   * what a framework parsed and printed again.
   *
   * An event may come twice: its `webhook-id` header is the same then.
   */
  async verify(body: string | Uint8Array, headers: WebhookHeaders): Promise<WebhookEvent> {
    const id = header(headers, "webhook-id");
    const timestamp = header(headers, "webhook-timestamp");
    const signatures = header(headers, "webhook-signature").split(" ");
    const age = Math.floor(Date.now() / 1000) - Number(timestamp);
    if (!/^\d+$/.test(timestamp) || Math.abs(age) > TOLERANCE) {
      throw new WebhookVerificationError("the webhook is too old, or from the future");
    }
    const bytes = typeof body === "string" ? encoder.encode(body) : body;
    const signed = concat(encoder.encode(`${id}.${timestamp}.`), bytes);
    if (!(await this.#fits(signed, signatures))) {
      throw new WebhookVerificationError("the webhook has no signature that fits");
    }
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as WebhookEvent;
    } catch (error) {
      throw new WebhookVerificationError("the webhook's body is not JSON", { cause: error });
    }
  }

  /** Whether one of the signatures is by one of our keys; those of other versions don't count. */
  async #fits(signed: Uint8Array<ArrayBuffer>, signatures: string[]): Promise<boolean> {
    for (const signature of signatures) {
      const bytes = signature.startsWith("v1,") ? base64(signature.slice(3)) : undefined;
      for (const key of bytes === undefined ? [] : await this.#keys) {
        if (await crypto.subtle.verify("HMAC", key, bytes!, signed)) {
          return true;
        }
      }
    }
    return false;
  }
}

function header(headers: WebhookHeaders, name: string): string {
  const value = find(headers, name);
  if (value === undefined || value === null || value.length === 0) {
    throw new WebhookVerificationError(`the header ${name} is missing`);
  }
  // Several signatures stand with spaces between them; of the others, several are none.
  return typeof value === "string" ? value : value.join(" ");
}

function find(headers: WebhookHeaders, name: string): string | readonly string[] | null | undefined {
  // Not every `Headers` is the global one: packages bring their own.
  if (typeof headers.get === "function") {
    return (headers as Headers).get(name);
  }
  const all = Object.entries(headers as Record<string, string | string[] | undefined>);
  return all.find(([key]) => key.toLowerCase() === name)?.[1];
}

function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = base64(secret.trim().replace(/^whsec_/, ""));
  if (bytes === undefined || bytes.length === 0) {
    throw new TintypeError("a webhook's secret is whsec_ and base64");
  }
  return bytes;
}

function base64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
