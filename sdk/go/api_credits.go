// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// CreditsResource is [Client.Credits]. The balance, the lots that it consists of, and every
// movement of it.
type CreditsResource struct {
	transport *transport
}

// Get gets the balance.
//
// What your account can spend, in the mode of the key: a test key shows test credits. Amounts are
// exact decimal strings.
//
// Scope: `credits:read`.
func (r *CreditsResource) Get(ctx context.Context, opts ...CallOption) (*Balance, error) {
	request := Request{Method: "GET", Path: "/v1/credits"}
	return send[Balance](ctx, r.transport, request, opts)
}

// CreditsGrantsParams are the parameters of [CreditsResource.Grants].
type CreditsGrantsParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// Grants lists grants.
//
// The lots of credits that you were granted or bought, newest first, with what is left of each and
// when it expires.
//
// Scope: `credits:read`.
//
// It asks for page after page while you range over it; [CreditsResource.GrantsPage] gets one.
func (r *CreditsResource) Grants(ctx context.Context, params *CreditsGrantsParams, opts ...CallOption) iter.Seq2[*Grant, error] {
	request := Request{Method: "GET", Path: "/v1/credits/grants", params: params}
	return list[Grant](ctx, r.transport, request, opts)
}

// GrantsPage gets one page, the first unless a cursor says otherwise. See [CreditsResource.Grants].
func (r *CreditsResource) GrantsPage(ctx context.Context, params *CreditsGrantsParams, opts ...CallOption) (*Page[Grant], error) {
	request := Request{Method: "GET", Path: "/v1/credits/grants", params: params}
	return listPage[Grant](ctx, r.transport, request, opts)
}

// CreditsLedgerParams are the parameters of [CreditsResource.Ledger].
type CreditsLedgerParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
	// Only entries of this generation.
	GenerationID GenerationID `query:"generation_id"`
}

// Ledger lists the ledger.
//
// Every movement of credits, newest first: what was granted, bought, set aside (`hold`), charged
// (`capture`), given back (`release`), refunded, expired or adjusted. The ledger is append-only.
//
// Scope: `credits:read`.
//
// It asks for page after page while you range over it; [CreditsResource.LedgerPage] gets one.
func (r *CreditsResource) Ledger(ctx context.Context, params *CreditsLedgerParams, opts ...CallOption) iter.Seq2[*LedgerEntry, error] {
	request := Request{Method: "GET", Path: "/v1/credits/ledger", params: params}
	return list[LedgerEntry](ctx, r.transport, request, opts)
}

// LedgerPage gets one page, the first unless a cursor says otherwise. See [CreditsResource.Ledger].
func (r *CreditsResource) LedgerPage(ctx context.Context, params *CreditsLedgerParams, opts ...CallOption) (*Page[LedgerEntry], error) {
	request := Request{Method: "GET", Path: "/v1/credits/ledger", params: params}
	return listPage[LedgerEntry](ctx, r.transport, request, opts)
}
