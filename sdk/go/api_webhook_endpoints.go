// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// WebhookEndpointsResource is [Client.WebhookEndpoints]. What happened, pushed to your own
// addresses or pulled: each event at least once, signed, and in both cases with the same id.
type WebhookEndpointsResource struct {
	transport *transport
}

// Create creates a webhook endpoint.
//
// From now on, events are posted to this address as the guide to webhooks says. The secret that
// verifies them is in the answer, once. With an `Idempotency-Key`, the same request within 24
// hours is answered with the same endpoint and secret. It takes the scopes that read what these
// events are about, too: `generations:read`, `keys:read` and `purchases:read` for all of them.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) Create(ctx context.Context, body CreateWebhookEndpoint, opts ...CallOption) (*CreatedWebhookEndpoint, error) {
	request := Request{Method: "POST", Path: "/v1/webhook-endpoints", Body: JSON(body), Idempotent: true}
	return send[CreatedWebhookEndpoint](ctx, r.transport, request, opts)
}

// WebhookEndpointsListParams are the parameters of [WebhookEndpointsResource.List].
type WebhookEndpointsListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists webhook endpoints.
//
// Newest first, without their secrets.
//
// Scope: `webhooks:read`.
//
// It asks for page after page while you range over it; [WebhookEndpointsResource.ListPage] gets
// one.
func (r *WebhookEndpointsResource) List(ctx context.Context, params *WebhookEndpointsListParams, opts ...CallOption) iter.Seq2[*WebhookEndpoint, error] {
	request := Request{Method: "GET", Path: "/v1/webhook-endpoints", params: params}
	return list[WebhookEndpoint](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [WebhookEndpointsResource.List].
func (r *WebhookEndpointsResource) ListPage(ctx context.Context, params *WebhookEndpointsListParams, opts ...CallOption) (*Page[WebhookEndpoint], error) {
	request := Request{Method: "GET", Path: "/v1/webhook-endpoints", params: params}
	return listPage[WebhookEndpoint](ctx, r.transport, request, opts)
}

// Get gets a webhook endpoint.
//
// Scope: `webhooks:read`.
func (r *WebhookEndpointsResource) Get(ctx context.Context, id WebhookEndpointID, opts ...CallOption) (*WebhookEndpoint, error) {
	request := Request{Method: "GET", Path: "/v1/webhook-endpoints/" + escape(id)}
	return send[WebhookEndpoint](ctx, r.transport, request, opts)
}

// Update updates a webhook endpoint.
//
// What is absent stays. Another `url`, or other `events`, take the scopes that an endpoint for
// them takes. One that we disabled is enabled again with `enabled: true`. What happened while it
// was disabled is not sent by itself: replay that range.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) Update(ctx context.Context, id WebhookEndpointID, body UpdateWebhookEndpoint, opts ...CallOption) (*WebhookEndpoint, error) {
	request := Request{Method: "PATCH", Path: "/v1/webhook-endpoints/" + escape(id), Body: JSON(body)}
	return send[WebhookEndpoint](ctx, r.transport, request, opts)
}

// Delete deletes a webhook endpoint.
//
// It is sent nothing more, not even what waits.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) Delete(ctx context.Context, id WebhookEndpointID, opts ...CallOption) error {
	request := Request{Method: "DELETE", Path: "/v1/webhook-endpoints/" + escape(id)}
	return sendEmpty(ctx, r.transport, request, opts)
}

// RotateSecret rotates a webhook endpoint's secret.
//
// The answer has the new secret, once. For `grace_seconds` everything is signed with both, so that
// you can change over without losing an event. At most two secrets sign at a time: if you rotate
// again within the grace, the oldest signs no more.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) RotateSecret(ctx context.Context, id WebhookEndpointID, body RotateWebhookSecret, opts ...CallOption) (*CreatedWebhookEndpoint, error) {
	request := Request{Method: "POST", Path: "/v1/webhook-endpoints/" + escape(id) + "/rotate-secret", Body: JSON(body), Idempotent: true}
	return send[CreatedWebhookEndpoint](ctx, r.transport, request, opts)
}

// Test sends a test event.
//
// Posts an event of the type `webhook_endpoint.test` to this endpoint; its deliveries say what
// became of it.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) Test(ctx context.Context, id WebhookEndpointID, opts ...CallOption) (*WebhookEndpoint, error) {
	request := Request{Method: "POST", Path: "/v1/webhook-endpoints/" + escape(id) + "/test", Idempotent: true}
	return send[WebhookEndpoint](ctx, r.transport, request, opts)
}

// WebhookEndpointsDeliveriesParams are the parameters of [WebhookEndpointsResource.Deliveries].
type WebhookEndpointsDeliveriesParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// Deliveries lists an endpoint's deliveries.
//
// What was sent to it in the last 30 days, newest first, and what became of it.
//
// Scope: `webhooks:read`.
//
// It asks for page after page while you range over it; [WebhookEndpointsResource.DeliveriesPage]
// gets one.
func (r *WebhookEndpointsResource) Deliveries(ctx context.Context, id WebhookEndpointID, params *WebhookEndpointsDeliveriesParams, opts ...CallOption) iter.Seq2[*WebhookDelivery, error] {
	request := Request{Method: "GET", Path: "/v1/webhook-endpoints/" + escape(id) + "/deliveries", params: params}
	return list[WebhookDelivery](ctx, r.transport, request, opts)
}

// DeliveriesPage gets one page, the first unless a cursor says otherwise. See [WebhookEndpointsResource.Deliveries].
func (r *WebhookEndpointsResource) DeliveriesPage(ctx context.Context, id WebhookEndpointID, params *WebhookEndpointsDeliveriesParams, opts ...CallOption) (*Page[WebhookDelivery], error) {
	request := Request{Method: "GET", Path: "/v1/webhook-endpoints/" + escape(id) + "/deliveries", params: params}
	return listPage[WebhookDelivery](ctx, r.transport, request, opts)
}

// Replay sends events again.
//
// One event by `event_id`, or all that the endpoint wants of a range of times, whether they
// arrived before or not. They come with the ids that they had. One event takes the scope that
// reads what it is about, too.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) Replay(ctx context.Context, id WebhookEndpointID, body ReplayWebhooks, opts ...CallOption) (*WebhookReplay, error) {
	request := Request{Method: "POST", Path: "/v1/webhook-endpoints/" + escape(id) + "/replay", Body: JSON(body), Idempotent: true}
	return send[WebhookReplay](ctx, r.transport, request, opts)
}

// DefaultSecret gets the secret for `webhook_url`.
//
// It signs what is sent to the `webhook_url` of a request for a generation or a batch, in this
// mode. Endpoints have secrets of their own.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) DefaultSecret(ctx context.Context, opts ...CallOption) (*WebhookSecret, error) {
	request := Request{Method: "GET", Path: "/v1/webhook-endpoints/default-secret"}
	return send[WebhookSecret](ctx, r.transport, request, opts)
}

// RotateDefaultSecret rotates the secret for `webhook_url`.
//
// The answer has the new secret; unlike an endpoint's, it can be read again. For `grace_seconds`,
// what is sent to a `webhook_url` is signed with both, so that you can change over without losing
// an event. At most two secrets sign at a time: if you rotate again within the grace, the oldest
// signs no more.
//
// Scope: `webhooks:write`.
func (r *WebhookEndpointsResource) RotateDefaultSecret(ctx context.Context, body RotateWebhookSecret, opts ...CallOption) (*WebhookSecret, error) {
	request := Request{Method: "POST", Path: "/v1/webhook-endpoints/default-secret/rotate", Body: JSON(body), Idempotent: true}
	return send[WebhookSecret](ctx, r.transport, request, opts)
}
