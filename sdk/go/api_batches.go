// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// BatchesResource is [Client.Batches]. Many generations at once: accepted together, held for
// together, told of together.
type BatchesResource struct {
	transport *transport
}

// Create creates a batch.
//
// Up to 1,000 generations with one request: all of them are accepted, or none. Each is checked
// like one of `POST /v1/generations`; if any is refused, `errors` names the places
// (`/generations/17/input/prompt`) and nothing is begun. The credits for all are set aside at
// once.
//
// The generations run side by side with your others, and yours by turns with everybody else's: a
// large batch keeps nobody waiting. They begin as fast as the limits of the key and the account on
// generations under way allow, and leave a quarter of those to what you ask for one by one.
// Batches that have not ended may be 20 at a time unless the operator says otherwise. Each
// generation succeeds or fails, and is charged, by itself.
//
// `webhook_url` is told when all have ended (`batch.ended`); with `webhook_events` also what
// happens to each.
//
// Scope: `generations:write`.
func (r *BatchesResource) Create(ctx context.Context, body CreateBatch, opts ...CallOption) (*Batch, error) {
	request := Request{Method: "POST", Path: "/v1/batches", Body: JSON(body), Idempotent: true}
	return send[Batch](ctx, r.transport, request, opts)
}

// BatchesListParams are the parameters of [BatchesResource.List].
type BatchesListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists batches.
//
// Newest first.
//
// Scope: `generations:read`.
//
// It asks for page after page while you range over it; [BatchesResource.ListPage] gets one.
func (r *BatchesResource) List(ctx context.Context, params *BatchesListParams, opts ...CallOption) iter.Seq2[*Batch, error] {
	request := Request{Method: "GET", Path: "/v1/batches", params: params}
	return list[Batch](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [BatchesResource.List].
func (r *BatchesResource) ListPage(ctx context.Context, params *BatchesListParams, opts ...CallOption) (*Page[Batch], error) {
	request := Request{Method: "GET", Path: "/v1/batches", params: params}
	return listPage[Batch](ctx, r.transport, request, opts)
}

// Get gets a batch.
//
// How far it is, by counts, and what it has cost so far.
//
// Scope: `generations:read`.
func (r *BatchesResource) Get(ctx context.Context, id BatchID, opts ...CallOption) (*Batch, error) {
	request := Request{Method: "GET", Path: "/v1/batches/" + escape(id)}
	return send[Batch](ctx, r.transport, request, opts)
}

// Cancel cancels a batch.
//
// What waits is canceled, what runs is asked to stop where its model can; it takes a moment,
// during which the status is `canceling`. What has ended stays, and stays charged. A batch that
// has ended is returned unchanged.
//
// Scope: `generations:write`.
func (r *BatchesResource) Cancel(ctx context.Context, id BatchID, opts ...CallOption) (*Batch, error) {
	request := Request{Method: "POST", Path: "/v1/batches/" + escape(id) + "/cancel", Idempotent: true}
	return send[Batch](ctx, r.transport, request, opts)
}

// BatchesResultsParams are the parameters of [BatchesResource.Results].
type BatchesResultsParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// Results lists a batch's results.
//
// Each generation as it stands, in the order of the request.
//
// Scope: `generations:read`.
//
// It asks for page after page while you range over it; [BatchesResource.ResultsPage] gets one.
func (r *BatchesResource) Results(ctx context.Context, id BatchID, params *BatchesResultsParams, opts ...CallOption) iter.Seq2[*BatchResult, error] {
	request := Request{Method: "GET", Path: "/v1/batches/" + escape(id) + "/results", params: params}
	return list[BatchResult](ctx, r.transport, request, opts)
}

// ResultsPage gets one page, the first unless a cursor says otherwise. See [BatchesResource.Results].
func (r *BatchesResource) ResultsPage(ctx context.Context, id BatchID, params *BatchesResultsParams, opts ...CallOption) (*Page[BatchResult], error) {
	request := Request{Method: "GET", Path: "/v1/batches/" + escape(id) + "/results", params: params}
	return listPage[BatchResult](ctx, r.transport, request, opts)
}

// DownloadResults downloads a batch's results.
//
// All results as lines of JSON (`application/x-ndjson`): one generation a line, as it stands, in
// the order of the request.
//
// Scope: `generations:read`.
func (r *BatchesResource) DownloadResults(ctx context.Context, id BatchID, opts ...CallOption) (*Download, error) {
	request := Request{Method: "GET", Path: "/v1/batches/" + escape(id) + "/results.ndjson"}
	return download(ctx, r.transport, request, opts)
}
