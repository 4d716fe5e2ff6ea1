// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "encoding/json"

func (*BatchWebhook) webhookPayload() {}

func (*EndpointWebhook) webhookPayload() {}

func (*GenerationWebhook) webhookPayload() {}

func (*KeyCapWebhook) webhookPayload() {}

func (*KeyLeakedWebhook) webhookPayload() {}

func (*PurchaseWebhook) webhookPayload() {}

// webhookPayload reads the body of a webhook by its type.
func webhookPayload(name string, body []byte) (WebhookPayload, error) {
	var payload WebhookPayload
	switch name {
	case "generation.started":
		payload = new(GenerationWebhook)
	case "generation.succeeded":
		payload = new(GenerationWebhook)
	case "generation.failed":
		payload = new(GenerationWebhook)
	case "generation.canceled":
		payload = new(GenerationWebhook)
	case "generation.expired":
		payload = new(GenerationWebhook)
	case "batch.ended":
		payload = new(BatchWebhook)
	case "key.cap_reached":
		payload = new(KeyCapWebhook)
	case "key.leaked":
		payload = new(KeyLeakedWebhook)
	case "purchase.paid":
		payload = new(PurchaseWebhook)
	case "purchase.refunded":
		payload = new(PurchaseWebhook)
	case "purchase.disputed":
		payload = new(PurchaseWebhook)
	case "purchase.dispute_won":
		payload = new(PurchaseWebhook)
	case "purchase.dispute_lost":
		payload = new(PurchaseWebhook)
	case "webhook_endpoint.disabled":
		payload = new(EndpointWebhook)
	case "webhook_endpoint.test":
		payload = new(EndpointWebhook)
	default:
		payload = new(UnknownWebhook)
	}
	return payload, json.Unmarshal(body, payload)
}
