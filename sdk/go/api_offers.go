// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// OffersResource is [Client.Offers]. Offers and purchases of credits.
type OffersResource struct {
	transport *transport
}

// OffersListParams are the parameters of [OffersResource.List].
type OffersListParams struct {
	// How many to return: 1 to 100, 20 if absent.
	Limit int64 `query:"limit"`
	// `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists offers.
//
// What is for sale: packs of credits, each with its prices, in the order that the operator chose.
// Prices may change; a purchase keeps the one at which it was made. Needs no credentials.
//
// It asks for page after page while you range over it; [OffersResource.ListPage] gets one.
func (r *OffersResource) List(ctx context.Context, params *OffersListParams, opts ...CallOption) iter.Seq2[*Offer, error] {
	request := Request{Method: "GET", Path: "/v1/offers", params: params, auth: authNone}
	return list[Offer](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [OffersResource.List].
func (r *OffersResource) ListPage(ctx context.Context, params *OffersListParams, opts ...CallOption) (*Page[Offer], error) {
	request := Request{Method: "GET", Path: "/v1/offers", params: params, auth: authNone}
	return listPage[Offer](ctx, r.transport, request, opts)
}
