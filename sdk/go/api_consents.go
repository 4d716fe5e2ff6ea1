// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// ConsentsResource is [Client.Consents]. Requests about personal data: a copy of all of it, or its
// erasure, with a receipt.
type ConsentsResource struct {
	transport *transport
}

// List lists consents.
//
// All that the account's owner may agree to beyond what the service needs, and what they said.
// Nothing is agreed to by itself.
//
// Scope: `data_rights:read`.
func (r *ConsentsResource) List(ctx context.Context, opts ...CallOption) (*Consents, error) {
	request := Request{Method: "GET", Path: "/v1/consents"}
	return send[Consents](ctx, r.transport, request, opts)
}

// Get gets a consent.
//
// What the owner said of one purpose, and each time before.
//
// Scope: `data_rights:read`.
func (r *ConsentsResource) Get(ctx context.Context, purpose string, opts ...CallOption) (*Consent, error) {
	request := Request{Method: "GET", Path: "/v1/consents/" + escape(purpose)}
	return send[Consent](ctx, r.transport, request, opts)
}

// Set gives or withdraw a consent.
//
// Holds from now on and for the whole account; what was done before stays done. Withdrawing is as
// easy as giving, and news by mail end with the mails' own link, too. Needs a session or a live
// key.
//
// Scope: `data_rights:write`.
func (r *ConsentsResource) Set(ctx context.Context, purpose string, body SetConsent, opts ...CallOption) (*Consent, error) {
	request := Request{Method: "PUT", Path: "/v1/consents/" + escape(purpose), Body: JSON(body)}
	return send[Consent](ctx, r.transport, request, opts)
}
