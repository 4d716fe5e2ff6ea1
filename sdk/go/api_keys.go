// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// KeysResource is [Client.Keys]. API keys: what your programs carry in `Authorization: Bearer`. A
// test key sees test data only and spends test credits.
type KeysResource struct {
	transport *transport
}

// Create creates an API key.
//
// The secret is in the answer, once: we keep only a hash of it. A key can't make one that may do
// more than itself, in scopes, mode, models, addresses, time, rate or spending; such a request is
// refused with `insufficient_scope`. Keys that are good may be 500 in each mode unless the
// operator says otherwise; one more is refused with `conflict`.
//
// With an `Idempotency-Key`, the same request within 24 hours is answered with the same key and
// secret.
//
// A session must be one whose owner signed in or stepped up (`auth.step_up`) within the last 15
// minutes: a key outlives it.
//
// Scope: `keys:write`.
func (r *KeysResource) Create(ctx context.Context, body CreateKey, opts ...CallOption) (*CreatedKey, error) {
	request := Request{Method: "POST", Path: "/v1/keys", Body: JSON(body), Idempotent: true}
	return send[CreatedKey](ctx, r.transport, request, opts)
}

// KeysListParams are the parameters of [KeysResource.List].
type KeysListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists API keys.
//
// Newest first, revoked and expired ones included. A key sees the keys of its own mode; a session
// sees both modes.
//
// Scope: `keys:read`.
//
// It asks for page after page while you range over it; [KeysResource.ListPage] gets one.
func (r *KeysResource) List(ctx context.Context, params *KeysListParams, opts ...CallOption) iter.Seq2[*APIKey, error] {
	request := Request{Method: "GET", Path: "/v1/keys", params: params}
	return list[APIKey](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [KeysResource.List].
func (r *KeysResource) ListPage(ctx context.Context, params *KeysListParams, opts ...CallOption) (*Page[APIKey], error) {
	request := Request{Method: "GET", Path: "/v1/keys", params: params}
	return listPage[APIKey](ctx, r.transport, request, opts)
}

// Self gets the API key that is calling.
//
// Needs no scope: every key may look at itself. A session has no key; it is answered with
// `not_found`.
func (r *KeysResource) Self(ctx context.Context, opts ...CallOption) (*APIKey, error) {
	request := Request{Method: "GET", Path: "/v1/keys/self"}
	return send[APIKey](ctx, r.transport, request, opts)
}

// Get gets an API key.
//
// Without its secret, which nobody can show again. A key of another account or mode is not found.
//
// Scope: `keys:read`.
func (r *KeysResource) Get(ctx context.Context, id KeyID, opts ...CallOption) (*APIKey, error) {
	request := Request{Method: "GET", Path: "/v1/keys/" + escape(id)}
	return send[APIKey](ctx, r.transport, request, opts)
}

// Update changes an API key.
//
// Takes effect everywhere within five seconds. With an API key you can make a key narrower, itself
// too, or as wide as the key that you call with; wider is refused with `insufficient_scope`. Keys
// that it made before stay as they are. A revoked key can't be changed. A session must be as fresh
// as for making a key.
//
// Scope: `keys:write`.
func (r *KeysResource) Update(ctx context.Context, id KeyID, body UpdateKey, opts ...CallOption) (*APIKey, error) {
	request := Request{Method: "PATCH", Path: "/v1/keys/" + escape(id), Body: JSON(body)}
	return send[APIKey](ctx, r.transport, request, opts)
}

// KeysRevokeParams are the parameters of [KeysResource.Revoke].
type KeysRevokeParams struct {
	// Whether the keys that it made, directly or not, are revoked with it.
	Descendants *bool `query:"descendants"`
}

// Revoke revokes an API key.
//
// The key is refused everywhere within five seconds, for good. Generations that it started go on.
// Revoking a revoked key changes nothing. A session need not be fresh for this: what leaked has to
// go at once.
//
// Keys that it made, directly or not, stay good, and the answer says how many; with
// `descendants=true` they are revoked with it. If the key leaked, report it instead
// (`keys.report_leak`), or revoke it so: whoever found its secret may have made keys of their own.
//
// Scope: `keys:write`.
func (r *KeysResource) Revoke(ctx context.Context, id KeyID, params *KeysRevokeParams, opts ...CallOption) (*KeyRevocation, error) {
	request := Request{Method: "DELETE", Path: "/v1/keys/" + escape(id), params: params}
	return send[KeyRevocation](ctx, r.transport, request, opts)
}

// Rotate rotates an API key's secret.
//
// The answer has the new secret, once; the key's id, caps and usage stay. For `grace_seconds` the
// old secret is good too, for all but rotating its own key, so that you can change over without an
// outage. Two secrets live at most: rotated again within the grace, the oldest ends at once. A key
// can rotate itself, and other keys that may do no more than itself. With an `Idempotency-Key`,
// the same request is answered with the same secret while it is good. A session must be as fresh
// as for making a key.
//
// Scope: `keys:write`.
func (r *KeysResource) Rotate(ctx context.Context, id KeyID, body RotateKey, opts ...CallOption) (*CreatedKey, error) {
	request := Request{Method: "POST", Path: "/v1/keys/" + escape(id) + "/rotate", Body: JSON(body), Idempotent: true}
	return send[CreatedKey](ctx, r.transport, request, opts)
}

// ReportLeak reports leaked secrets.
//
// For whoever found secrets of keys in public: secret scanners, and you. Needs no credentials,
// since who knows a secret could do worse with it. The keys are revoked at once, with the keys
// that they made, directly or not, and their owners told by mail and by the event `key.leaked`.
// The answer is the same whether a secret is good or not.
func (r *KeysResource) ReportLeak(ctx context.Context, body ReportLeaks, opts ...CallOption) error {
	request := Request{Method: "POST", Path: "/v1/keys/report-leak", Body: JSON(body), auth: authNone}
	return sendEmpty(ctx, r.transport, request, opts)
}
