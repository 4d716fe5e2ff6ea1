// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

// webhookPayload reads the body of a webhook by its type.
func webhookPayload(name string, body []byte) (WebhookPayload, error) {
	return &UnknownWebhook{body}, nil
}
