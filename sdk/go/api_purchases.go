// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// PurchasesResource is [Client.Purchases]. Offers and purchases of credits.
type PurchasesResource struct {
	transport *transport
}

// Create buies credits.
//
// Opens a checkout at a payment processor. Send the buyer to `checkout_url`; the credits come when
// the processor tells us of the payment, mostly within seconds, and once, however often it tells
// us. Test credentials buy test credits.
//
// Send an `Idempotency-Key`: if the connection breaks, the same request then finds the purchase
// that it made instead of making another. While the first is still talking to the processor, a
// repeated request fails with 409 `idempotency_in_progress`.
//
// Fails with 422 `unknown_offer` when there is no such offer or it has no price in `currency`,
// with 422 `invalid_input` for a processor that is not configured, for a URL that no browser opens
// and when the processor refuses, and with 503 `unavailable` when the processor does not answer.
//
// Scope: `purchases:write`.
func (r *PurchasesResource) Create(ctx context.Context, body CreatePurchase, opts ...CallOption) (*Purchase, error) {
	request := Request{Method: "POST", Path: "/v1/purchases", Body: JSON(body), Idempotent: true}
	return send[Purchase](ctx, r.transport, request, opts)
}

// PurchasesListParams are the parameters of [PurchasesResource.List].
type PurchasesListParams struct {
	// How many to return: 1 to 100, 20 if absent.
	Limit int64 `query:"limit"`
	// `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists purchases.
//
// All purchases of the account in the mode of the credentials, newest first, 20 a page unless
// `limit` says otherwise.
//
// Scope: `purchases:read`.
//
// It asks for page after page while you range over it; [PurchasesResource.ListPage] gets one.
func (r *PurchasesResource) List(ctx context.Context, params *PurchasesListParams, opts ...CallOption) iter.Seq2[*Purchase, error] {
	request := Request{Method: "GET", Path: "/v1/purchases", params: params}
	return list[Purchase](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [PurchasesResource.List].
func (r *PurchasesResource) ListPage(ctx context.Context, params *PurchasesListParams, opts ...CallOption) (*Page[Purchase], error) {
	request := Request{Method: "GET", Path: "/v1/purchases", params: params}
	return listPage[Purchase](ctx, r.transport, request, opts)
}

// Get gets a purchase.
//
// Where it stands. Ask for this when the buyer comes back to your `success_url`: `status` is
// `paid` once the credits are there, and still `pending` when the buyer was faster than the
// processor.
//
// Scope: `purchases:read`.
func (r *PurchasesResource) Get(ctx context.Context, id PurchaseID, opts ...CallOption) (*Purchase, error) {
	request := Request{Method: "GET", Path: "/v1/purchases/" + escape(id)}
	return send[Purchase](ctx, r.transport, request, opts)
}

// Receipt gets a receipt.
//
// What was bought, from whom and for how much, with a number that never changes. It stays after a
// refund and then says so. Fails with 409 `conflict` while nothing was paid.
//
// Scope: `purchases:read`.
func (r *PurchasesResource) Receipt(ctx context.Context, id PurchaseID, opts ...CallOption) (*PurchaseReceipt, error) {
	request := Request{Method: "GET", Path: "/v1/purchases/" + escape(id) + "/receipt"}
	return send[PurchaseReceipt](ctx, r.transport, request, opts)
}

// Refund refunds a purchase.
//
// Gives back the price of the credits that are left: all of it while none was touched, else their
// share, rounded down to the currency's smallest unit. The credits are taken back at once and the
// purchase is `refunding`, with the amount in `refund`; it is `refunded` when the processor has
// returned the money, and `paid` again, credits included, should the processor refuse. A purchase
// that is refunded already stays as it is.
//
// Fails with 409 `nothing_to_refund` when nothing was paid, the payment is disputed (ask again if
// the dispute is won) or was charged back, or what is left of the credits is worth nothing; `used`
// then says how many are gone. Fails with 409 `conflict` while generations hold credits of it;
// `held` says how many.
//
// Scope: `purchases:write`.
func (r *PurchasesResource) Refund(ctx context.Context, id PurchaseID, opts ...CallOption) (*Purchase, error) {
	request := Request{Method: "POST", Path: "/v1/purchases/" + escape(id) + "/refund", Idempotent: true}
	return send[Purchase](ctx, r.transport, request, opts)
}
