// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// SandboxResource is [Client.Sandbox]. Beside the API, and only where nothing is real: move the
// clock, read what was mailed, play the buyer and the payment processor. None of it needs
// credentials. In production none of it exists.
type SandboxResource struct {
	transport *transport
}

// Clock moves the clock.
//
// Moves the sandbox's time ahead, for every process, and runs what is due by then (credits expire,
// deadlines pass, files are removed) before it answers with the new time. The clock never goes
// back, and stays within a hundred years of the real time: else 422 `invalid_input`. What is no
// period is refused with 400.
func (r *SandboxResource) Clock(ctx context.Context, body AdvanceClock, opts ...CallOption) (*SandboxClock, error) {
	request := Request{Method: "POST", Path: "/sandbox/clock", Body: JSON(body), auth: authNone}
	return send[SandboxClock](ctx, r.transport, request, opts)
}

// SandboxOutboxParams are the parameters of [SandboxResource.Outbox].
type SandboxOutboxParams struct {
	// Only mails to this address, in any case.
	To string `query:"to"`
	// How many to return: 1 to 100, 20 if absent.
	Limit int64 `query:"limit"`
}

// Outbox reads the outbox.
//
// The mails that a real server would have sent, newest first: codes to verify an address are in
// here. The newest thousand mails are looked at.
func (r *SandboxResource) Outbox(ctx context.Context, params *SandboxOutboxParams, opts ...CallOption) (*Outbox, error) {
	request := Request{Method: "GET", Path: "/sandbox/outbox", params: params, auth: authNone}
	return send[Outbox](ctx, r.transport, request, opts)
}

// Checkout decides a checkout.
//
// Has the sandbox's payment processor announce an outcome, signed and by the same way as a real
// processor's word, and answers with the purchase as it stands then. Outcomes may come in any
// order and number: a purchase grants its credits once, and stands where all of them together put
// it. A dispute opens with `disputed`, and is settled by `dispute_won` or `dispute_lost`. Opened
// in a browser, the same address is a checkout page.
//
// A refund of exactly 13.13 is refused by this processor, so that you see what becomes of the
// credits. Of a price of exactly 14.14 it tells nothing by itself, and says that it was paid when
// it is asked, ten minutes later.
func (r *SandboxResource) Checkout(ctx context.Context, purchase PurchaseID, body AnnounceCheckout, opts ...CallOption) (*Purchase, error) {
	request := Request{Method: "POST", Path: "/sandbox/checkout/" + escape(purchase), Body: JSON(body), auth: authNone}
	return send[Purchase](ctx, r.transport, request, opts)
}
