// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// IdentitiesResource is [Client.Identities]. Signing up, signing in, and the account itself.
type IdentitiesResource struct {
	transport *transport
}

// List lists linked identities.
//
// Who the account's owner is at the providers that they sign in with, oldest first. Needs no
// scope.
func (r *IdentitiesResource) List(ctx context.Context, opts ...CallOption) (*Identities, error) {
	request := Request{Method: "GET", Path: "/v1/auth/oauth/identities"}
	return send[Identities](ctx, r.transport, request, opts)
}

// Create links an identity.
//
// Takes the code that the browser brought back after `oauth.link`, of the same account, and links
// the identity. It takes a session whose owner signed in or stepped up within the last 15 minutes.
// An identity belongs to one account, and an account has one of each provider.
func (r *IdentitiesResource) Create(ctx context.Context, body RedeemCode, opts ...CallOption) (*Identity, error) {
	request := Request{Method: "POST", Path: "/v1/auth/oauth/identities", Body: JSON(body)}
	return send[Identity](ctx, r.transport, request, opts)
}

// Delete unlinks an identity.
//
// The provider's sign-in opens this account no more. The last way in can't be taken away: set a
// password or link another provider first. It takes a session whose owner signed in or stepped up
// within the last 15 minutes.
func (r *IdentitiesResource) Delete(ctx context.Context, id IdentityID, opts ...CallOption) error {
	request := Request{Method: "DELETE", Path: "/v1/auth/oauth/identities/" + escape(id)}
	return sendEmpty(ctx, r.transport, request, opts)
}
