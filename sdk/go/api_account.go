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

// Update changes the account.
//
// Its owner's name and the language of its mails. Needs a session; an API key is answered with
// `not_found`.
func (r *AccountResource) Update(ctx context.Context, body UpdateAccount, opts ...CallOption) (*Account, error) {
	request := Request{Method: "PATCH", Path: "/v1/account", Body: JSON(body)}
	return send[Account](ctx, r.transport, request, opts)
}

// Close closes the account.
//
// All sessions end and all API keys stop, everywhere within five seconds. What waits to be made is
// canceled and costs nothing. What was bought stays: until `reopen_until` the account can be
// opened again, with `account.reactivate` or by the link that is mailed. What happens after that
// is the operator's choice: mostly, everything is erased. For an erasure at once, use
// `data_rights.create`. It takes a fresh session (`auth.step_up`); an API key is answered with
// `not_found`.
func (r *AccountResource) Close(ctx context.Context, opts ...CallOption) (*Account, error) {
	request := Request{Method: "DELETE", Path: "/v1/account"}
	return send[Account](ctx, r.transport, request, opts)
}

// Reactivate opens a closed account again.
//
// Takes address and password, opens the account and a session. Keys work again as they did before.
// For any other account it is the same as `auth.login`. Who signs in with a provider alone uses
// the link that was mailed.
func (r *AccountResource) Reactivate(ctx context.Context, body Reactivate, opts ...CallOption) (*Session, error) {
	request := Request{Method: "POST", Path: "/v1/account/reactivate", Body: JSON(body), auth: authNone}
	return send[Session](ctx, r.transport, request, opts)
}

// ChangeEmail changes the mail address.
//
// Mails a code to the new address; `account.confirm_email` takes it, and until then nothing
// changes. The answer is the same whether the address has an account or not. It takes a fresh
// session (`auth.step_up`); an API key is answered with `not_found`.
func (r *AccountResource) ChangeEmail(ctx context.Context, body ChangeEmail, opts ...CallOption) (*EmailChange, error) {
	request := Request{Method: "POST", Path: "/v1/account/email", Body: JSON(body)}
	return send[EmailChange](ctx, r.transport, request, opts)
}

// ConfirmEmail confirms the new mail address.
//
// Takes the code that was mailed to it. From then on the account has this address, and the one
// before is told. Needs a session; an API key is answered with `not_found`.
func (r *AccountResource) ConfirmEmail(ctx context.Context, body ConfirmEmail, opts ...CallOption) (*Account, error) {
	request := Request{Method: "POST", Path: "/v1/account/email/confirm", Body: JSON(body)}
	return send[Account](ctx, r.transport, request, opts)
}

// Agree completes a sign-up.
//
// Takes what `pending` of a session or account names: people who came with another provider were
// not asked for it on the way, and until they answered, the account is refused everything else
// with `sign_up_incomplete`. It also takes the acceptance of a later version of the policy. Needs
// a session; an API key is answered with `not_found`.
//
// A newcomer below the minimum age is refused with `below_minimum_age`, and the account is erased.
func (r *AccountResource) Agree(ctx context.Context, body Agreement, opts ...CallOption) (*Account, error) {
	request := Request{Method: "POST", Path: "/v1/account/agreement", Body: JSON(body)}
	return send[Account](ctx, r.transport, request, opts)
}
