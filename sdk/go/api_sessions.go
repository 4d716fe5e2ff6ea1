// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// SessionsResource is [Client.Sessions]. Signing up, signing in, and the account itself.
type SessionsResource struct {
	transport *transport
}

// SessionsListParams are the parameters of [SessionsResource.List].
type SessionsListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists sessions.
//
// Those that are open, newest first. Needs a session; an API key is answered with `not_found`.
//
// It asks for page after page while you range over it; [SessionsResource.ListPage] gets one.
func (r *SessionsResource) List(ctx context.Context, params *SessionsListParams, opts ...CallOption) iter.Seq2[*OpenSession, error] {
	request := Request{Method: "GET", Path: "/v1/auth/sessions", params: params}
	return list[OpenSession](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [SessionsResource.List].
func (r *SessionsResource) ListPage(ctx context.Context, params *SessionsListParams, opts ...CallOption) (*Page[OpenSession], error) {
	request := Request{Method: "GET", Path: "/v1/auth/sessions", params: params}
	return listPage[OpenSession](ctx, r.transport, request, opts)
}

// End ends a session.
//
// Its tokens are refused everywhere within five seconds. Needs a session, which may be the same
// one; an API key is answered with `not_found`.
func (r *SessionsResource) End(ctx context.Context, id SessionID, opts ...CallOption) error {
	request := Request{Method: "DELETE", Path: "/v1/auth/sessions/" + escape(id)}
	return sendEmpty(ctx, r.transport, request, opts)
}
