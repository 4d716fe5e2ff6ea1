// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// OAuthResource is [Client.OAuth]. Signing up, signing in, and the account itself.
type OAuthResource struct {
	transport *transport
}

// Providers lists sign-in providers.
//
// The providers that people can sign in with besides a password. To sign somebody in, your server
// makes a random `code_verifier`, keeps it, and redirects the browser to the provider's
// `start_url` with three parameters: `redirect_uri`, an address of your server that the operator
// allows; `code_challenge`, the SHA-256 of the verifier in URL-safe base64; and, if you like,
// `state`. The browser comes back to `redirect_uri` with a `code`, which your server exchanges by
// `oauth.token`, or with an `error`: `access_denied`, `provider_refused` or
// `provider_unavailable`.
func (r *OAuthResource) Providers(ctx context.Context, opts ...CallOption) (*OAuthProviders, error) {
	request := Request{Method: "GET", Path: "/v1/auth/oauth/providers", auth: authNone}
	return send[OAuthProviders](ctx, r.transport, request, opts)
}

// Token signs in with a provider's code.
//
// Exchanges the code that the browser brought back from a provider for a session. Your server
// calls it, since pages of another origin can't. A code works once, for ten minutes, together with
// the `code_verifier` that the sign-in began with.
//
// Somebody who comes for the first time gets an account, or the account that has their address and
// a password, if both the provider and the account have proved the address. An account that has
// another provider already is not merged: `use_other_method` names its ways in. An account that
// its owner closed answers `account_closed` for as long as the link in their mail opens it again.
// An address that the provider does not vouch for is refused with `email_unverified`.
//
// When the device is new, the account's owner is told by mail.
//
// An account with an authenticator app answers `totp_required`, and the code stays valid: send the
// request again with `totp_code` or `recovery_code`.
func (r *OAuthResource) Token(ctx context.Context, body SignIn, opts ...CallOption) (*Session, error) {
	request := Request{Method: "POST", Path: "/v1/auth/oauth/token", Body: JSON(body), auth: authNone}
	return send[Session](ctx, r.transport, request, opts)
}

// Link begins to link a provider.
//
// Answers with an address to send the browser to, valid for ten minutes. The browser comes back to
// `redirect_uri` with a `code` for `identities.create`. It takes a session whose owner signed in
// or stepped up (`auth.step_up`) within the last 15 minutes; an API key is answered with
// `not_found`.
func (r *OAuthResource) Link(ctx context.Context, body BeginLink, opts ...CallOption) (*LinkBegun, error) {
	request := Request{Method: "POST", Path: "/v1/auth/oauth/link", Body: JSON(body)}
	return send[LinkBegun](ctx, r.transport, request, opts)
}
