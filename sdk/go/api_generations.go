// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
	"time"
)

// GenerationsResource is [Client.Generations]. Images, videos, speech and text. A generation is
// accepted at once, made in the background, and costs nothing unless it succeeds.
type GenerationsResource struct {
	transport *transport
}

// Create creates a generation.
//
// Checks the input against the model's schema, prices it, sets the credits aside and queues it;
// the answer comes as soon as that is durable. You are charged when it succeeds, for what it made;
// a failure, refusal, timeout or cancellation costs nothing.
//
// Send `Idempotency-Key` with a value of your own and repeat the request as often as you like: it
// is done and charged once, and every repetition gets the same generation with
// `Idempotent-Replayed: true`. Keys are remembered for 24 hours.
//
// With `validate_only` nothing is made: the answer is 200 with what it would cost, or the error
// that it would meet. With `estimate_id` it is priced as it was estimated.
//
// With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) and is 201 if the
// generation ended, with its outputs.
//
// Scope: `generations:write`.
func (r *GenerationsResource) Create(ctx context.Context, body CreateGeneration, opts ...CallOption) (*Generation, error) {
	request := Request{Method: "POST", Path: "/v1/generations", Body: JSON(body), Idempotent: true}
	return send[Generation](ctx, r.transport, request, opts)
}

// GenerationsListParams are the parameters of [GenerationsResource.List].
type GenerationsListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
	// Only those in this state.
	Status GenerationStatus `query:"status"`
	// Only those that ran this model.
	Model string `query:"model"`
	// Only those of this kind.
	Kind GenerationKind `query:"kind"`
	// Only those that this key asked for.
	KeyID KeyID `query:"key_id"`
	// Only those of this batch.
	BatchID BatchID `query:"batch_id"`
	// Only those for this end user.
	EndUser string `query:"end_user"`
	// Only those created at this time or later.
	CreatedAfter time.Time `query:"created_after"`
	// Only those created before this time.
	CreatedBefore time.Time `query:"created_before"`
	// Only those whose metadata have this key with this text: `key:text`, as in `order:1042`.
	Metadata string `query:"metadata"`
}

// List lists generations.
//
// Newest first. All filters must hold. A page costs the same however many generations there are.
//
// Scope: `generations:read`.
//
// It asks for page after page while you range over it; [GenerationsResource.ListPage] gets one.
func (r *GenerationsResource) List(ctx context.Context, params *GenerationsListParams, opts ...CallOption) iter.Seq2[*Generation, error] {
	request := Request{Method: "GET", Path: "/v1/generations", params: params}
	return list[Generation](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [GenerationsResource.List].
func (r *GenerationsResource) ListPage(ctx context.Context, params *GenerationsListParams, opts ...CallOption) (*Page[Generation], error) {
	request := Request{Method: "GET", Path: "/v1/generations", params: params}
	return listPage[Generation](ctx, r.transport, request, opts)
}

// Get gets a generation.
//
// With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) for the generation
// to end. Links in `outputs` are fresh each time.
//
// Scope: `generations:read`.
func (r *GenerationsResource) Get(ctx context.Context, id GenerationID, opts ...CallOption) (*Generation, error) {
	request := Request{Method: "GET", Path: "/v1/generations/" + escape(id)}
	return send[Generation](ctx, r.transport, request, opts)
}

// Delete erases a generation.
//
// Removes prompt, inputs, outputs and your own data for good. What remains is a tombstone without
// content, for the books. Only what has ended can be erased: cancel it first. Repeating it changes
// nothing.
//
// Scope: `generations:write`.
func (r *GenerationsResource) Delete(ctx context.Context, id GenerationID, opts ...CallOption) error {
	request := Request{Method: "DELETE", Path: "/v1/generations/" + escape(id)}
	return sendEmpty(ctx, r.transport, request, opts)
}

// Events follows a generation.
//
// A stream of server-sent events: what it has come through so far, then what happens, until it
// ends; then the stream ends. Each event carries the generation as it stands, the last one its
// outputs.
//
// An event's id is its step: 1 queued, 2 running, 3 ended. If the line is lost, come back with the
// last id in `Last-Event-ID`, as our clients do by themselves: you get what you missed and nothing
// twice, even from a server that was restarted. Progress in between has no id. Hanging up cancels
// nothing. A comment line every 15 seconds shows that the line is alive.
//
// Scope: `generations:read`.
func (r *GenerationsResource) Events(ctx context.Context, id GenerationID, opts ...CallOption) iter.Seq2[*StreamEvent[GenerationEvent], error] {
	request := Request{Method: "GET", Path: "/v1/generations/" + escape(id) + "/events"}
	return stream[GenerationEvent](ctx, r.transport, request, opts)
}

// Cancel cancels a generation.
//
// One that waits is canceled at once and the provider is never called. One that runs is asked to
// stop (`cancel_requested_at`), where the model can; otherwise the answer is 409 `not_cancelable`.
// One that has ended is returned unchanged. What is canceled costs nothing.
//
// Scope: `generations:write`.
func (r *GenerationsResource) Cancel(ctx context.Context, id GenerationID, opts ...CallOption) (*Generation, error) {
	request := Request{Method: "POST", Path: "/v1/generations/" + escape(id) + "/cancel", Idempotent: true}
	return send[Generation](ctx, r.transport, request, opts)
}

// Wait waits until it has ended, in whichever way: look at its Status. There is no limit but
// the deadline of the context. When that passes it goes on without you, and you get what was seen
// last beside the error.
//
// If progress is not nil, it is told the state whenever it was looked at, at the end for the last
// time.
func (r *GenerationsResource) Wait(ctx context.Context, id GenerationID, progress func(*Generation), opts ...CallOption) (*Generation, error) {
	opts = patiently(opts, progress != nil)
	it, err := r.Get(ctx, id, opts...)
	if err != nil {
		return nil, err
	}
	return r.await(ctx, it, progress, opts)
}

// CreateAndWait is [GenerationsResource.Create] and [GenerationsResource.Wait] in one.
func (r *GenerationsResource) CreateAndWait(ctx context.Context, body CreateGeneration, progress func(*Generation), opts ...CallOption) (*Generation, error) {
	opts = patiently(opts, progress != nil)
	it, err := r.Create(ctx, body, opts...)
	if err != nil {
		return nil, err
	}
	return r.await(ctx, it, progress, opts)
}

func (r *GenerationsResource) await(ctx context.Context, it *Generation, progress func(*Generation), opts []CallOption) (*Generation, error) {
	return await(ctx, it, (*Generation).Ended, progress, func() (*Generation, error) {
		return r.Get(ctx, it.ID, opts...)
	})
}

// Ended tells whether nothing will change any more.
func (it *Generation) Ended() bool { return it != nil && it.EndedAt != nil }

// Succeeded tells whether it has ended as it should.
func (it *Generation) Succeeded() bool {
	return it != nil && it.Status == GenerationStatusSucceeded
}
