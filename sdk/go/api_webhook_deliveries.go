// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// WebhookDeliveriesResource is [Client.WebhookDeliveries]. What happened, pushed to your own
// addresses or pulled: each event at least once, signed, and in both cases with the same id.
type WebhookDeliveriesResource struct {
	transport *transport
}

// WebhookDeliveriesListParams are the parameters of [WebhookDeliveriesResource.List].
type WebhookDeliveriesListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
	// Only those about the generation, batch, key, purchase or endpoint with this id.
	Subject string `query:"subject"`
	// Only those of this event.
	EventID EventID `query:"event_id"`
	// Only those that stand so.
	Status DeliveryStatus `query:"status"`
}

// List lists deliveries.
//
// What was sent in the last 30 days, to your endpoints and to the `webhook_url` of requests,
// newest first, and what became of it. `?subject=gen_…` shows what was told of one generation,
// `?status=failed` what never arrived.
//
// Scope: `webhooks:read`.
//
// It asks for page after page while you range over it; [WebhookDeliveriesResource.ListPage] gets
// one.
func (r *WebhookDeliveriesResource) List(ctx context.Context, params *WebhookDeliveriesListParams, opts ...CallOption) iter.Seq2[*WebhookDelivery, error] {
	request := Request{Method: "GET", Path: "/v1/webhook-deliveries", params: params}
	return list[WebhookDelivery](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [WebhookDeliveriesResource.List].
func (r *WebhookDeliveriesResource) ListPage(ctx context.Context, params *WebhookDeliveriesListParams, opts ...CallOption) (*Page[WebhookDelivery], error) {
	request := Request{Method: "GET", Path: "/v1/webhook-deliveries", params: params}
	return listPage[WebhookDelivery](ctx, r.transport, request, opts)
}

// Get gets a delivery.
//
// One event on its way to one address: how often it was sent, what the address answered last, and
// when the next attempt is due.
//
// Scope: `webhooks:read`.
func (r *WebhookDeliveriesResource) Get(ctx context.Context, id DeliveryID, opts ...CallOption) (*WebhookDelivery, error) {
	request := Request{Method: "GET", Path: "/v1/webhook-deliveries/" + escape(id)}
	return send[WebhookDelivery](ctx, r.transport, request, opts)
}

// Replay sends a delivery again.
//
// Its event is sent once more to where it went, the endpoint or the `webhook_url`, with the
// `webhook-id` that it had, whether it arrived before or not. The answer is the new delivery, with
// attempts of its own; the old one stays as it is, and goes on where it still waits.
//
// 409 `conflict`: the endpoint is disabled or deleted, or the event is older than 30 days. 410
// `erased`: what it told of was erased, and the `webhook_url` with it.
//
// Scope: `webhooks:write`.
func (r *WebhookDeliveriesResource) Replay(ctx context.Context, id DeliveryID, opts ...CallOption) (*WebhookDelivery, error) {
	request := Request{Method: "POST", Path: "/v1/webhook-deliveries/" + escape(id) + "/replay", Idempotent: true}
	return send[WebhookDelivery](ctx, r.transport, request, opts)
}
