// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// AccountResource is [Client.Account]. Signing up, signing in, and the account itself.
type AccountResource struct {
	transport *transport
}

// Get gets the account.
//
// The account that the credentials belong to. Needs no scope.
func (r *AccountResource) Get(ctx context.Context, opts ...CallOption) (*Account, error) {
	request := Request{Method: "GET", Path: "/v1/account"}
	return send[Account](ctx, r.transport, request, opts)
}
