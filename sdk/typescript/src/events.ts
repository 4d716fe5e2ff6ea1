// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

/** What a webhook tells: its `type` says what happened. */
export interface WebhookEvent {
  type: string;
  timestamp: string;
  data: unknown;
}
