// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

import type { UnknownVariant } from "./core/unknown.js";
import type {
  BatchWebhook,
  EndpointWebhook,
  GenerationWebhook,
  KeyCapWebhook,
  KeyLeakedWebhook,
  PurchaseWebhook,
} from "./types.js";

/** What a webhook tells: its `type` says which event it is. */
export type WebhookEvent =
  | (GenerationWebhook & { type: "generation.started" })
  | (GenerationWebhook & { type: "generation.succeeded" })
  | (GenerationWebhook & { type: "generation.failed" })
  | (GenerationWebhook & { type: "generation.canceled" })
  | (GenerationWebhook & { type: "generation.expired" })
  | (BatchWebhook & { type: "batch.ended" })
  | (KeyCapWebhook & { type: "key.cap_reached" })
  | (KeyLeakedWebhook & { type: "key.leaked" })
  | (PurchaseWebhook & { type: "purchase.paid" })
  | (PurchaseWebhook & { type: "purchase.refunded" })
  | (PurchaseWebhook & { type: "purchase.disputed" })
  | (PurchaseWebhook & { type: "purchase.dispute_won" })
  | (PurchaseWebhook & { type: "purchase.dispute_lost" })
  | (EndpointWebhook & { type: "webhook_endpoint.disabled" })
  | (EndpointWebhook & { type: "webhook_endpoint.test" })
  | UnknownVariant<"type">;
