// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// UsageResource is [Client.Usage]. What was made and what it cost, by day, model, key and end
// user.
type UsageResource struct {
	transport *transport
}

// UsageListParams are the parameters of [UsageResource.List].
type UsageListParams struct {
	// One or more of `day`, `end_user`, `model` and `key`, with commas between them.
	GroupBy string `query:"group_by"`
	// The first day that counts, as in `2026-11-01`; by default the 30th before `to`.
	From string `query:"from"`
	// The last day that counts; by default today.
	To string `query:"to"`
	// Only what this key asked for.
	KeyID KeyID `query:"key_id"`
	// Only what ran on this model.
	Model string `query:"model"`
	// Only what was asked for on behalf of this end user.
	EndUser string `query:"end_user"`
	// How many lines to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List gets usage.
//
// What was made and what it cost, of generations that ended from one day to another, in the mode
// of the key. With `group_by=day,model` there is a line for each day and model on which anything
// ended, in order; without it, one line for all. The sums are kept as generations end: they are
// exact, and as fast for ten million generations as for ten. Days are those of UTC; a report
// covers 366 of them at most.
//
// Scope: `usage:read`.
//
// It asks for page after page while you range over it; [UsageResource.ListPage] gets one.
func (r *UsageResource) List(ctx context.Context, params *UsageListParams, opts ...CallOption) iter.Seq2[*Usage, error] {
	request := Request{Method: "GET", Path: "/v1/usage", params: params}
	return list[Usage](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [UsageResource.List].
func (r *UsageResource) ListPage(ctx context.Context, params *UsageListParams, opts ...CallOption) (*Page[Usage], error) {
	request := Request{Method: "GET", Path: "/v1/usage", params: params}
	return listPage[Usage](ctx, r.transport, request, opts)
}
