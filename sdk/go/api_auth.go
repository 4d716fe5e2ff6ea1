// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// AuthResource is [Client.Auth]. Signing up, signing in, and the account itself.
type AuthResource struct {
	transport *transport
}

// Register signs up.
//
// Sends a mail with a code to the address; `auth.verify_email` takes it, together with
// `registration` from this answer. The answer is the same whether the address is new or has an
// account: its owner learns by mail.
//
// The password is the one of the attempt that is completed: what others type for the same address
// changes nothing. A few mails an hour are sent to an address, then one each quarter of an hour;
// every code in the inbox that is still valid completes the attempt, whichever attempt it was
// mailed for.
//
// Where the operator asks for an age or for the acceptance of a policy, `auth.requirements` says
// so; who is too young is refused with `below_minimum_age`, and nothing of them is kept.
func (r *AuthResource) Register(ctx context.Context, body Register, opts ...CallOption) (*Registration, error) {
	request := Request{Method: "POST", Path: "/v1/auth/register", Body: JSON(body), auth: authNone}
	return send[Registration](ctx, r.transport, request, opts)
}

// VerifyEmail confirms an address.
//
// Takes the attempt that `auth.register` answered and the mailed code, and opens a session. A code
// works once, for 30 minutes; after that, sign up again for another one. If you lost the answer,
// sign in with `auth.login`.
func (r *AuthResource) VerifyEmail(ctx context.Context, body VerifyEmail, opts ...CallOption) (*Session, error) {
	request := Request{Method: "POST", Path: "/v1/auth/verify-email", Body: JSON(body), auth: authNone}
	return send[Session](ctx, r.transport, request, opts)
}

// Login signs in.
//
// Opens a session for a confirmed address. When the device is new, its owner is told by mail.
// After a few wrong passwords for one address, whoever tries from the same network has to wait
// before each further try, longer every time; `Retry-After` says how long. Of more than 100 open
// sessions, unless the operator says otherwise, the one that was used longest ago ends.
//
// An account with an authenticator app answers the right password with `totp_required`: send the
// request again with `totp_code` or `recovery_code`. After a few wrong codes everybody waits
// before the next, a quarter of an hour at most; a recovery code needs no wait.
func (r *AuthResource) Login(ctx context.Context, body Login, opts ...CallOption) (*Session, error) {
	request := Request{Method: "POST", Path: "/v1/auth/login", Body: JSON(body), auth: authNone}
	return send[Session](ctx, r.transport, request, opts)
}

// Logout signs out.
//
// Ends the session whose access token is sent; the token is refused everywhere within five
// seconds. An API key has no session: it is answered with `not_found`.
func (r *AuthResource) Logout(ctx context.Context, opts ...CallOption) error {
	request := Request{Method: "POST", Path: "/v1/auth/logout"}
	return sendEmpty(ctx, r.transport, request, opts)
}

// AuthRequirementsParams are the parameters of [AuthResource.Requirements].
type AuthRequirementsParams struct {
	// Where the person lives (ISO 3166-1, two letters), if you know it.
	Country string `query:"country"`
}

// Requirements whats a sign-up asks for.
//
// What to ask people, besides an address and a password, for `auth.register` or, where they come
// with another provider, for `account.agree`.
func (r *AuthResource) Requirements(ctx context.Context, params *AuthRequirementsParams, opts ...CallOption) (*Requirements, error) {
	request := Request{Method: "GET", Path: "/v1/auth/requirements", params: params, auth: authNone}
	return send[Requirements](ctx, r.transport, request, opts)
}

// PasswordForgot asks for a new password.
//
// Sends a mail with a code, if the address has an account; `auth.password_reset` takes it. The
// answer is the same for every address. A few mails an hour are sent to an address, then one each
// quarter of an hour; every code in the inbox that is still valid counts.
func (r *AuthResource) PasswordForgot(ctx context.Context, body ForgotPassword, opts ...CallOption) (*PasswordForgotten, error) {
	request := Request{Method: "POST", Path: "/v1/auth/password/forgot", Body: JSON(body), auth: authNone}
	return send[PasswordForgotten](ctx, r.transport, request, opts)
}

// PasswordReset sets a new password.
//
// Takes the mailed code, which works once, for 30 minutes. All sessions of the account end; sign
// in with the new password. API keys stay as they are.
func (r *AuthResource) PasswordReset(ctx context.Context, body ResetPassword, opts ...CallOption) error {
	request := Request{Method: "POST", Path: "/v1/auth/password/reset", Body: JSON(body), auth: authNone}
	return sendEmpty(ctx, r.transport, request, opts)
}

// PasswordChange changes the password.
//
// Needs a session and the present password. All other sessions of the account end, and its owner
// is told by mail. An API key has no password: it is answered with `not_found`.
func (r *AuthResource) PasswordChange(ctx context.Context, body ChangePassword, opts ...CallOption) error {
	request := Request{Method: "POST", Path: "/v1/auth/password/change", Body: JSON(body)}
	return sendEmpty(ctx, r.transport, request, opts)
}

// Refresh refreshes a session.
//
// Exchanges a refresh token for a new access token and a new refresh token. The old one is used
// up: within ten seconds it gives the same new tokens again, for those who ask at the same moment
// or lost the answer; if it comes back later, it was copied, and the whole session ends. A session
// ends also when it is not refreshed for two weeks, and 90 days after the sign-in, unless the
// operator chose other periods.
func (r *AuthResource) Refresh(ctx context.Context, body Refresh, opts ...CallOption) (*Session, error) {
	request := Request{Method: "POST", Path: "/v1/auth/refresh", Body: JSON(body), auth: authNone}
	return send[Session](ctx, r.transport, request, opts)
}

// StepUp steps up a session.
//
// Proves once more that it is you: by the password, a code of your authenticator app, or a
// recovery code. For 15 minutes from then on the session may change the ways into the account, as
// it may after a sign-in; what needs it is refused with `step_up_required` otherwise. Without a
// password and an authenticator app, sign in again instead. An API key has no session: it is
// answered with `not_found`.
func (r *AuthResource) StepUp(ctx context.Context, body Proof, opts ...CallOption) (*SteppedUp, error) {
	request := Request{Method: "POST", Path: "/v1/auth/step-up", Body: JSON(body)}
	return send[SteppedUp](ctx, r.transport, request, opts)
}
