// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
	"time"
)

// EventsResource is [Client.Events]. What happened, pushed to your own addresses or pulled: each
// event at least once, signed, and in both cases with the same id.
type EventsResource struct {
	transport *transport
}

// EventsListParams are the parameters of [EventsResource.List].
type EventsListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
	// Only those that came after this event, oldest first. Not together with a range of times.
	After EventID `query:"after"`
	// Only those of this type.
	Type EventType `query:"type"`
	// Only those of the generation, batch, key, purchase or endpoint with this id.
	Subject string `query:"subject"`
	// Only those from this time on.
	CreatedAfter time.Time `query:"created_after"`
	// Only those before this time.
	CreatedBefore time.Time `query:"created_before"`
}

// List lists events.
//
// What happened in the last 30 days, newest first. An event is here moments after it happened,
// once it has its place in the order in which all are sent and pulled.
//
// To miss nothing without receiving webhooks, pull: keep the id of the last event that you handled
// and ask with `after`. Then the answer is oldest first and goes on exactly where you were; no
// event ever appears before one that you were given already. Ask again with the last id of the
// answer, at once while `has_more` is true, and after a pause when it is not. To begin, take the
// id of the newest event.
//
// Scope: `webhooks:read`.
//
// It asks for page after page while you range over it; [EventsResource.ListPage] gets one.
func (r *EventsResource) List(ctx context.Context, params *EventsListParams, opts ...CallOption) iter.Seq2[*Event, error] {
	request := Request{Method: "GET", Path: "/v1/events", params: params}
	return list[Event](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [EventsResource.List].
func (r *EventsResource) ListPage(ctx context.Context, params *EventsListParams, opts ...CallOption) (*Page[Event], error) {
	request := Request{Method: "GET", Path: "/v1/events", params: params}
	return listPage[Event](ctx, r.transport, request, opts)
}

// Get gets an event.
//
// With fresh links to what was made. Credentials without the scope that reads what the event is
// about (`generations:read`, `keys:read` or `purchases:read`) see the `id` and `status` of it
// alone.
//
// Scope: `webhooks:read`.
func (r *EventsResource) Get(ctx context.Context, id EventID, opts ...CallOption) (*Event, error) {
	request := Request{Method: "GET", Path: "/v1/events/" + escape(id)}
	return send[Event](ctx, r.transport, request, opts)
}
