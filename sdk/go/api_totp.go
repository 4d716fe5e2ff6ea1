// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// TOTPResource is [Client.TOTP]. Signing up, signing in, and the account itself.
type TOTPResource struct {
	transport *transport
}

// Get gets the second factor.
//
// Whether sign-ins ask for a code of an authenticator app, and how many recovery codes are left.
// Needs no scope.
func (r *TOTPResource) Get(ctx context.Context, opts ...CallOption) (*TOTP, error) {
	request := Request{Method: "GET", Path: "/v1/auth/totp"}
	return send[TOTP](ctx, r.transport, request, opts)
}

// Begin begins to set up an authenticator app.
//
// Answers a new secret. Show it as a QR code, and send the first code that the app shows to
// `totp.confirm` within half an hour: nothing changes before. It takes a session whose owner
// signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is answered with
// `not_found`.
func (r *TOTPResource) Begin(ctx context.Context, opts ...CallOption) (*TOTPBegun, error) {
	request := Request{Method: "POST", Path: "/v1/auth/totp/begin"}
	return send[TOTPBegun](ctx, r.transport, request, opts)
}

// Confirm turns on the authenticator app.
//
// Takes the first code. From now on every sign-in asks for one: `auth.login` and `oauth.token`
// answer `totp_required` until `totp_code` or `recovery_code` comes with the request. Answers ten
// recovery codes, once; if you lost the answer, call `totp.renew_recovery_codes`. Open sessions
// stay, and the owner is told by mail. It takes a session whose owner signed in or stepped up
// within the last 15 minutes.
func (r *TOTPResource) Confirm(ctx context.Context, body ConfirmTOTP, opts ...CallOption) (*RecoveryCodes, error) {
	request := Request{Method: "POST", Path: "/v1/auth/totp/confirm", Body: JSON(body)}
	return send[RecoveryCodes](ctx, r.transport, request, opts)
}

// Remove turns off the authenticator app.
//
// Takes the password, a code, or a recovery code, however fresh the session is: sign-ins ask for
// no code any more, and the recovery codes are void. The owner is told by mail. An API key is
// answered with `not_found`.
func (r *TOTPResource) Remove(ctx context.Context, body Proof, opts ...CallOption) error {
	request := Request{Method: "POST", Path: "/v1/auth/totp/remove", Body: JSON(body)}
	return sendEmpty(ctx, r.transport, request, opts)
}

// RenewRecoveryCodes replaces the recovery codes.
//
// Answers ten new ones, once; the old ones are void, used or not, and the owner is told by mail.
// It takes a session whose owner signed in or stepped up within the last 15 minutes; an API key is
// answered with `not_found`.
func (r *TOTPResource) RenewRecoveryCodes(ctx context.Context, opts ...CallOption) (*RecoveryCodes, error) {
	request := Request{Method: "POST", Path: "/v1/auth/totp/recovery-codes"}
	return send[RecoveryCodes](ctx, r.transport, request, opts)
}
