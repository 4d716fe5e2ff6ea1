// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "time"

// Account is an account.
type Account struct {
	ID     AccountID     `json:"id"`
	Status AccountStatus `json:"status"`
	// As it was typed.
	Email           *string    `json:"email"`
	EmailVerifiedAt *time.Time `json:"email_verified_at"`
	// What its owner wants to be called, if this service keeps names.
	DisplayName *string `json:"display_name"`
	// Of its mails; null: the service's own.
	Language *string `json:"language"`
	// Its owner said to be at least so old. Nothing else of the age is kept.
	AgeConfirmed *int64 `json:"age_confirmed"`
	// The version of the policy that its owner accepted last.
	PolicyAccepted   *string    `json:"policy_accepted"`
	PolicyAcceptedAt *time.Time `json:"policy_accepted_at"`
	// What its owner still has to answer, by `account.agree`, before the account may do anything.
	// Mostly empty.
	Pending   []SignUpRequirement `json:"pending"`
	CreatedAt time.Time           `json:"created_at"`
	ClosedAt  *time.Time          `json:"closed_at"`
	// Until when a closed account can be opened again with `account.reactivate`.
	ReopenUntil *time.Time `json:"reopen_until"`
}

// AccountID begins with acc_.
type AccountID string

// AccountStatus is where an account stands.
type AccountStatus string

// The values of [AccountStatus] that this version knows.
const (
	AccountStatusActive AccountStatus = "active"
	AccountStatusClosed AccountStatus = "closed"
	AccountStatusErased AccountStatus = "erased"
)

// ActionTaken is one thing that was done for a request.
type ActionTaken struct {
	// `exported`, `missing` (it should have been exported and we could not), `deleted`, `cleared`
	// (kept without personal content), `kept`, `canceled` (it was under way) or `ended` (it could
	// be used until then).
	Action DataAction `json:"action"`
	// Which rows: what a table holds and what for stands in the archive of an access request.
	Table string `json:"table"`
	// How many.
	Count int64 `json:"count"`
	// Why they are kept, where they are.
	Why *string `json:"why"`
}

// AdvanceClock is how far to move the clock.
type AdvanceClock struct {
	// An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the calendar from the
	// sandbox's present. `PT0S` moves nothing and runs what is due.
	Advance string `json:"advance"`
}

// AgeQuestion is how people are asked for their age.
type AgeQuestion string

// The values of [AgeQuestion] that this version knows.
const (
	AgeQuestionConfirmation AgeQuestion = "confirmation"
	AgeQuestionBirthDate    AgeQuestion = "birth_date"
)

// AgeRequirement is the age from which people may sign up.
type AgeRequirement struct {
	// In years, for people in the country that you named.
	MinimumAge int64       `json:"minimum_age"`
	Ask        AgeQuestion `json:"ask"`
}

// Agreement is what the person answered; what is not asked need not be sent.
type Agreement struct {
	// The day of birth. Looked at, and not kept.
	BirthDate string `json:"birth_date,omitzero"`
	// "I am at least so old."
	ConfirmedAge *int64 `json:"confirmed_age,omitzero"`
	// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
	Country string `json:"country,omitzero"`
	// The version of the policy that the person accepts.
	AcceptedPolicy string `json:"accepted_policy,omitzero"`
}

// AnnounceCheckout is what to announce of a purchase.
type AnnounceCheckout struct {
	Outcome CheckoutOutcome `json:"outcome"`
	// The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
	// event again, which changes nothing.
	Event string `json:"event,omitzero"`
	// Which dispute it is about, by an id of the processor's. Absent: the purchase's only one. A
	// dispute that is settled stays so; another id opens another.
	Dispute string `json:"dispute,omitzero"`
}

// APIKey is an API key, without its secret.
type APIKey struct {
	ID       KeyID   `json:"id"`
	Name     string  `json:"name"`
	Scopes   []Scope `json:"scopes"`
	Livemode bool    `json:"livemode"`
	// The last four characters of the secret, to tell keys apart by.
	LastFour string `json:"last_four"`
	// The secret before, if it was rotated and is still good.
	OldSecret *OldSecret `json:"old_secret"`
	// The ids of the only models that it may ask for; null: any.
	Models []string `json:"models"`
	// The only addresses and networks that it may be used from; null: any.
	IPAllow []string `json:"ip_allow"`
	// What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
	// directly or not, hold for it too.
	Caps []KeyCap `json:"caps"`
	Rate KeyRate  `json:"rate"`
	// What its generations cost in all, and those of the keys that it made.
	Spent Credits `json:"spent"`
	// Its generations that have not ended, but for those of batches that wait for their turn.
	InFlight  int64     `json:"in_flight"`
	CreatedAt time.Time `json:"created_at"`
	// The key that made it; null when a signed-in person or the operator did, or when that was not
	// written down yet.
	CreatedBy *KeyID     `json:"created_by"`
	ExpiresAt *time.Time `json:"expires_at"`
	RevokedAt *time.Time `json:"revoked_at"`
	// Exact to a minute or so.
	LastUsedAt *time.Time `json:"last_used_at"`
}

// AppliedMultiplier is a multiplier that the input picked.
type AppliedMultiplier struct {
	// A field of the input.
	Field  string  `json:"field"`
	Value  string  `json:"value"`
	Factor Credits `json:"factor"`
}

// Balance is the balances of your account in the key's mode. `granted` = `available` + `held` +
// `spent` + `expired`.
type Balance struct {
	// What can be spent now.
	Available Credits `json:"available"`
	// Set aside for generations under way.
	Held Credits `json:"held"`
	// All that was ever granted or bought, less refunds.
	Granted Credits `json:"granted"`
	Spent   Credits `json:"spent"`
	Expired Credits `json:"expired"`
	// Always `credit`.
	Unit string `json:"unit"`
	// Whether these are live credits or test credits.
	Livemode bool `json:"livemode"`
}

// Batch: Many generations that were asked for at once: how far they are and what they cost.
type Batch struct {
	ID     BatchID     `json:"id"`
	Status BatchStatus `json:"status"`
	Counts BatchCounts `json:"counts"`
	// Hundredths of its generations that have ended.
	Progress int64     `json:"progress"`
	Cost     BatchCost `json:"cost"`
	// Your own data, as you sent it; empty for a key without the scope `generations:read`.
	Metadata map[string]string `json:"metadata"`
	// The key that asked for it; null when a signed-in person did.
	KeyID             *KeyID     `json:"key_id"`
	Livemode          bool       `json:"livemode"`
	CreatedAt         time.Time  `json:"created_at"`
	CancelRequestedAt *time.Time `json:"cancel_requested_at"`
	// When the last of its generations ended.
	EndedAt *time.Time `json:"ended_at"`
}

// BatchCost is what a batch costs. `captured` is what was charged so far.
type BatchCost struct {
	// Set aside when it was accepted, with one entry in the ledger: the most that it can cost.
	Held Credits `json:"held"`
	// Charged for what has ended.
	Captured Credits `json:"captured"`
	// Given back by what has ended.
	Released Credits `json:"released"`
}

// BatchCounts is how many of a batch's generations are in which state.
type BatchCounts struct {
	Total     int64 `json:"total"`
	Queued    int64 `json:"queued"`
	Running   int64 `json:"running"`
	Succeeded int64 `json:"succeeded"`
	Failed    int64 `json:"failed"`
	Canceled  int64 `json:"canceled"`
	Expired   int64 `json:"expired"`
}

// BatchGeneration is one of a batch.
type BatchGeneration struct {
	// Your own name for it, which comes back with its result. No two of a batch may have the same.
	Reference string `json:"reference,omitzero"`
	// Id or alias of a model; `GET /v1/models` lists them.
	Model string          `json:"model"`
	Input GenerationInput `json:"input"`
	// Refuse the request if it could cost more than this.
	MaxCost Credits `json:"max_cost,omitzero"`
	// Expire, uncharged, what has not ended by then.
	Deadline time.Time `json:"deadline,omitzero"`
	// ISO 3166 codes of the countries in which it may be processed; others are refused.
	Regions []string `json:"regions,omitzero"`
	// An `https` address to which this generation's events are sent, besides your endpoints;
	// signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
	// `generations:read`, too.
	WebhookURL string `json:"webhook_url,omitzero"`
	// The types that `webhook_url` is sent; how it ended, if absent.
	WebhookEvents []EventType `json:"webhook_events,omitzero"`
	// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
	// filter by it.
	Metadata map[string]string `json:"metadata,omitzero"`
	// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
	EndUser string `json:"end_user,omitzero"`
	// Keep the outputs beyond the operator's usual time.
	Saved *bool `json:"saved,omitzero"`
	// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
	// are by now.
	EstimateID EstimateID `json:"estimate_id,omitzero"`
}

// BatchID begins with bat_.
type BatchID string

// BatchResult is what became of one generation of a batch.
type BatchResult struct {
	// Its place in the request, from 0.
	Position int64 `json:"position"`
	// Your own name for it.
	Reference  *string    `json:"reference"`
	Generation Generation `json:"generation"`
}

// BatchSnapshot is how a batch ended, without what its generations made: ask for its results.
type BatchSnapshot struct {
	ID BatchID `json:"id"`
	// `ended`.
	Status string              `json:"status"`
	Counts BatchSnapshotCounts `json:"counts"`
	Cost   BatchSnapshotCost   `json:"cost"`
	// Your own data; null where it is too long to be sent.
	Metadata  map[string]string `json:"metadata"`
	CreatedAt time.Time         `json:"created_at"`
	EndedAt   *time.Time        `json:"ended_at"`
	// Present where something was left out: ask for the batch.
	Truncated *bool `json:"truncated,omitzero"`
}

// BatchSnapshotCost is what a batch cost.
type BatchSnapshotCost struct {
	// What was set aside for it.
	Held Credits `json:"held"`
	// What was charged.
	Captured Credits `json:"captured"`
	// What was given back.
	Released Credits `json:"released"`
}

// BatchSnapshotCounts is how many of a batch's generations ended how.
type BatchSnapshotCounts struct {
	Total     int64 `json:"total"`
	Succeeded int64 `json:"succeeded"`
	Failed    int64 `json:"failed"`
	Canceled  int64 `json:"canceled"`
	Expired   int64 `json:"expired"`
}

// BatchStatus is where a batch stands.
type BatchStatus string

// The values of [BatchStatus] that this version knows.
const (
	BatchStatusRunning   BatchStatus = "running"
	BatchStatusCanceling BatchStatus = "canceling"
	BatchStatusEnded     BatchStatus = "ended"
)

// BatchWebhook is what is told of a batch.
type BatchWebhook struct {
	Type      EventType     `json:"type"`
	Timestamp time.Time     `json:"timestamp"`
	Data      BatchSnapshot `json:"data"`
}

// BeginLink is a provider to link to your account.
type BeginLink struct {
	// The provider's name.
	Provider string `json:"provider"`
	// Where the browser comes back to; one that the operator allows.
	RedirectURI string `json:"redirect_uri"`
	// The SHA-256 of a random `code_verifier`, in URL-safe base64 without padding (RFC 7636,
	// S256).
	CodeChallenge string `json:"code_challenge"`
	// Comes back to your app as it is.
	State string `json:"state,omitzero"`
}

// Blocker is why a generation would be refused, as the error of the request would say it.
type Blocker struct {
	Code ErrorCode `json:"code"`
	// What to do about it.
	Detail string `json:"detail"`
	// What is wrong with the generation, one by one; pointers begin at its own body.
	Errors []FieldError `json:"errors,omitzero"`
	// What else the error would say: `required`, `available`, `replaced_by`…
	Context map[string]any `json:"context,omitzero"`
}

// CapLimit is the most that a key may spend in a period.
type CapLimit struct {
	Period CapPeriod `json:"period"`
	Limit  Credits   `json:"limit"`
}

// CapPeriod is how long a cap holds before it begins anew. Days, weeks (from Monday) and months
// are those of UTC.
type CapPeriod string

// The values of [CapPeriod] that this version knows.
const (
	CapPeriodDay      CapPeriod = "day"
	CapPeriodWeek     CapPeriod = "week"
	CapPeriodMonth    CapPeriod = "month"
	CapPeriodLifetime CapPeriod = "lifetime"
)

// ChangeEmail: Another mail address.
type ChangeEmail struct {
	// A mail address that you can read.
	Email string `json:"email"`
}

// ChangePassword is the password up to now, and the one from now on.
type ChangePassword struct {
	CurrentPassword string `json:"current_password"`
	// 8 to 128 characters, of any kind. What everyone would guess is refused.
	NewPassword string `json:"new_password"`
}

// ChargePolicy is when a model is charged.
type ChargePolicy string

// The values of [ChargePolicy] that this version knows.
const (
	ChargePolicyOnSuccess ChargePolicy = "on_success"
)

// CheckoutOutcome is what the payment processor says of a purchase.
type CheckoutOutcome string

// The values of [CheckoutOutcome] that this version knows.
const (
	CheckoutOutcomePaid        CheckoutOutcome = "paid"
	CheckoutOutcomeFailed      CheckoutOutcome = "failed"
	CheckoutOutcomePending     CheckoutOutcome = "pending"
	CheckoutOutcomeExpired     CheckoutOutcome = "expired"
	CheckoutOutcomeRefunded    CheckoutOutcome = "refunded"
	CheckoutOutcomeDisputed    CheckoutOutcome = "disputed"
	CheckoutOutcomeDisputeWon  CheckoutOutcome = "dispute_won"
	CheckoutOutcomeDisputeLost CheckoutOutcome = "dispute_lost"
)

// ConfirmEmail is the code that was mailed to the new address.
type ConfirmEmail struct {
	// The code in the mail. Dashes and capitals don't matter.
	Code string `json:"code"`
}

// ConfirmTOTP is the first code of an authenticator app.
type ConfirmTOTP struct {
	// The six digits that the app shows.
	TOTPCode string `json:"totp_code"`
}

// Consent: Something that an owner may agree to, and need not.
type Consent struct {
	// `marketing`, for news by mail, or another that the operator names.
	Purpose string `json:"purpose"`
	// The words to show.
	Text string `json:"text"`
	// Of these words.
	Version string `json:"version"`
	Granted bool   `json:"granted"`
	// When it was given or withdrawn last; null: never asked.
	ChangedAt *time.Time `json:"changed_at"`
	// What was said before, newest first; 100 at most.
	History []ConsentChange `json:"history"`
}

// ConsentChange is a time that the owner agreed, or took it back.
type ConsentChange struct {
	Granted bool `json:"granted"`
	// Of the words at that time.
	Version string `json:"version"`
	// The id of the key or session, or `link` for the one in a mail.
	GivenBy   string    `json:"given_by"`
	CreatedAt time.Time `json:"created_at"`
}

// Consents: All that an owner may agree to.
type Consents struct {
	Data []Consent `json:"data"`
}

// Cost is what a generation costs. `captured` is what was charged.
type Cost struct {
	// The most that it can cost.
	Estimated Credits `json:"estimated"`
	// Set aside when it was admitted.
	Held Credits `json:"held"`
	// Charged when it ended.
	Captured Credits `json:"captured"`
	// Given back when it ended.
	Released Credits `json:"released"`
	// The price list that it was admitted under.
	PriceVersion string `json:"price_version"`
}

// CreateBatch is what to make together.
type CreateBatch struct {
	// What to make, one by one: the bodies of `POST /v1/generations`, each with a `reference` if
	// you like.
	Generations []BatchGeneration `json:"generations"`
	// Refuse the batch if all of it together could cost more than this.
	MaxCost Credits `json:"max_cost,omitzero"`
	// An `https` address to which this batch's events are sent, besides your endpoints; signed
	// with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
	// `generations:read`, too.
	WebhookURL string `json:"webhook_url,omitzero"`
	// The types that `webhook_url` is sent; `batch.ended`, if absent. Types of generations are
	// sent of each that has no `webhook_url` of its own.
	WebhookEvents []EventType `json:"webhook_events,omitzero"`
	// Your own data about the batch: up to 50 keys with texts of up to 500 characters.
	Metadata map[string]string `json:"metadata,omitzero"`
}

// CreateDataRequest is what you ask for.
type CreateDataRequest struct {
	// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
	Type DataRight `json:"type"`
	// Anything that you want to say about it.
	Statement string `json:"statement,omitzero"`
}

// CreateEstimate is what is to be estimated.
type CreateEstimate struct {
	// Bodies as for `POST /v1/generations`.
	Generations []CreateGeneration `json:"generations"`
}

// CreateGeneration is what to make, and under which conditions.
type CreateGeneration struct {
	// Id or alias of a model; `GET /v1/models` lists them.
	Model string          `json:"model"`
	Input GenerationInput `json:"input"`
	// Refuse the request if it could cost more than this.
	MaxCost Credits `json:"max_cost,omitzero"`
	// Expire, uncharged, what has not ended by then.
	Deadline time.Time `json:"deadline,omitzero"`
	// ISO 3166 codes of the countries in which it may be processed; others are refused.
	Regions []string `json:"regions,omitzero"`
	// An `https` address to which this generation's events are sent, besides your endpoints;
	// signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
	// `generations:read`, too.
	WebhookURL string `json:"webhook_url,omitzero"`
	// The types that `webhook_url` is sent; how it ended, if absent.
	WebhookEvents []EventType `json:"webhook_events,omitzero"`
	// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
	// filter by it.
	Metadata map[string]string `json:"metadata,omitzero"`
	// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
	EndUser string `json:"end_user,omitzero"`
	// Keep the outputs beyond the operator's usual time.
	Saved *bool `json:"saved,omitzero"`
	// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
	// are by now.
	EstimateID EstimateID `json:"estimate_id,omitzero"`
}

// CreateKey is an API key to make.
type CreateKey struct {
	// What the key is for, in your own words.
	Name string `json:"name"`
	// What the key may do. With an API key you can give only scopes that it has itself.
	Scopes []Scope `json:"scopes"`
	// Whether the key reaches paid providers and spends live credits. By default it is like the
	// key that makes it; a session makes live keys, in a sandbox test keys.
	Livemode *bool `json:"livemode,omitzero"`
	// The only models that the key may ask for, by id or alias. By default those of the key that
	// makes it, or any.
	Models []string `json:"models,omitzero"`
	// The only addresses that the key may be used from: IPv4 or IPv6 addresses, or networks such
	// as `203.0.113.0/24`. By default those of the key that makes it, or any.
	IPAllow []string `json:"ip_allow,omitzero"`
	// When the key ends by itself. By default it ends with the key that makes it, or never.
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	// The most that the key may spend, one cap a period. A key with caps gives them to the keys
	// that it makes, unless they get lower ones. What keys spend counts for the key that made
	// them, too.
	Caps []CapLimit `json:"caps,omitzero"`
	// Limits of the key's own, below the server's. By default those of the key that makes it, or
	// the server's.
	Rate *KeyRateLimits `json:"rate,omitzero"`
}

// CreatePurchase is what to buy, and where the buyer goes afterwards.
type CreatePurchase struct {
	// The id of an offer: see `GET /v1/offers`.
	Offer string `json:"offer"`
	// Who takes the money. Absent: the operator's first choice.
	Processor string `json:"processor,omitzero"`
	// One of the currencies in which the offer is priced. Absent: that of its first price.
	Currency string `json:"currency,omitzero"`
	// Where the processor sends the buyer after paying: an `http` or `https` URL of yours. That
	// someone arrives there proves no payment: ask for the purchase.
	SuccessURL string `json:"success_url"`
	// Where the processor sends a buyer who turned back: an `http` or `https` URL of yours.
	CancelURL string `json:"cancel_url"`
}

// CreateWebhookEndpoint is an endpoint to make.
type CreateWebhookEndpoint struct {
	// An `https` address on the public internet.
	URL string `json:"url"`
	// What it is for, in your own words.
	Description string `json:"description,omitzero"`
	// The types of events to send; all, if absent.
	Events []EventType `json:"events,omitzero"`
}

// CreatedKey is an API key with its secret. This is the only time that the secret is shown.
type CreatedKey struct {
	ID       KeyID   `json:"id"`
	Name     string  `json:"name"`
	Scopes   []Scope `json:"scopes"`
	Livemode bool    `json:"livemode"`
	// What to send as `Authorization: Bearer`. Keep it where only your programs can read it.
	Secret string `json:"secret"`
	// The last four characters of the secret, to tell keys apart by.
	LastFour string `json:"last_four"`
	// The secret before, if it was rotated and is still good.
	OldSecret *OldSecret `json:"old_secret"`
	// The ids of the only models that it may ask for; null: any.
	Models []string `json:"models"`
	// The only addresses and networks that it may be used from; null: any.
	IPAllow []string `json:"ip_allow"`
	// What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
	// directly or not, hold for it too.
	Caps []KeyCap `json:"caps"`
	Rate KeyRate  `json:"rate"`
	// What its generations cost in all, and those of the keys that it made.
	Spent Credits `json:"spent"`
	// Its generations that have not ended, but for those of batches that wait for their turn.
	InFlight  int64     `json:"in_flight"`
	CreatedAt time.Time `json:"created_at"`
	// The key that made it; null when a signed-in person or the operator did, or when that was not
	// written down yet.
	CreatedBy *KeyID     `json:"created_by"`
	ExpiresAt *time.Time `json:"expires_at"`
	RevokedAt *time.Time `json:"revoked_at"`
	// Exact to a minute or so.
	LastUsedAt *time.Time `json:"last_used_at"`
}

// CreatedWebhookEndpoint is an endpoint with its secret. This is the only time that the secret is
// shown.
type CreatedWebhookEndpoint struct {
	ID          WebhookEndpointID `json:"id"`
	URL         string            `json:"url"`
	Description string            `json:"description"`
	// The types that are sent; empty: all.
	Events []EventType `json:"events"`
	// Verifies what you receive. Keep it where only your programs can read it.
	Secret string `json:"secret"`
	// Until when the secret before this one signs too.
	OldSecretUntil *time.Time `json:"old_secret_until"`
	Livemode       bool       `json:"livemode"`
	CreatedAt      time.Time  `json:"created_at"`
}

// Credits is an exact amount of credits, from 0 to 1000000000, as a decimal string with at most
// six decimals. Never parse it into a float.
type Credits string

// DataAction is what was done with rows of a table.
type DataAction string

// The values of [DataAction] that this version knows.
const (
	DataActionExported DataAction = "exported"
	DataActionMissing  DataAction = "missing"
	DataActionDeleted  DataAction = "deleted"
	DataActionCleared  DataAction = "cleared"
	DataActionKept     DataAction = "kept"
	DataActionCanceled DataAction = "canceled"
	DataActionEnded    DataAction = "ended"
)

// DataArchive is the archive of an access request.
type DataArchive struct {
	FileID      FileID `json:"file_id"`
	ContentType string `json:"content_type"`
	// Size in bytes.
	Bytes int64 `json:"bytes"`
	// SHA-256 of the archive, in hex.
	SHA256 string `json:"sha256"`
	// Where to download it, with credentials.
	URL string `json:"url"`
	// When it is removed.
	ExpiresAt time.Time `json:"expires_at"`
}

// DataReceipt is what was done for a request about personal data, and when. It names no person.
type DataReceipt struct {
	// The request's id.
	ID   DataRequestID `json:"id"`
	Type DataRight     `json:"type"`
	// The account that it was about.
	AccountID AccountID `json:"account_id"`
	// Who answers for the data.
	Controller string `json:"controller"`
	// Where they are reached.
	Contact    string    `json:"contact"`
	ReceivedAt time.Time `json:"received_at"`
	VerifiedAt time.Time `json:"verified_at"`
	// Until when it had to be fulfilled.
	DueAt time.Time `json:"due_at"`
	// When it was, or as far as it could be.
	FulfilledAt time.Time `json:"fulfilled_at"`
	// `fulfilled` or `partially_fulfilled`.
	Status DataRequestStatus `json:"status"`
	// What was done, table by table.
	Actions []ActionTaken `json:"actions"`
	// What an access request's copy lacks by a fault of ours: the first 100 files.
	Missing []MissingFile `json:"missing"`
	// The fields above once more, signed: a JWS in compact form, with `alg` `EdDSA`. To verify it,
	// take the key that `kid` names from `/.well-known/jwks.json` of this server; any JOSE library
	// does it.
	Jws string `json:"jws"`
}

// DataRequest is a request about the personal data of your account.
type DataRequest struct {
	ID DataRequestID `json:"id"`
	// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
	Type DataRight `json:"type"`
	// `awaiting_verification` until the mailed code is entered; `in_progress` until the work is
	// done; then `fulfilled`, or `partially_fulfilled` if our storage has lost files that the copy
	// should hold. It is `withdrawn` or `expired` if it was never confirmed. More statuses may
	// come.
	Status DataRequestStatus `json:"status"`
	// What you wrote about it.
	Statement *string `json:"statement"`
	// Why it was not fulfilled, where that needs words.
	Reason     *string   `json:"reason"`
	ReceivedAt time.Time `json:"received_at"`
	// Until when it has to be fulfilled.
	DueAt time.Time `json:"due_at"`
	// When it was fulfilled, withdrawn or expired.
	EndedAt      *time.Time       `json:"ended_at"`
	Verification DataVerification `json:"verification"`
	// What was done so far.
	Actions []ActionTaken `json:"actions"`
	// The files that the archive should hold and does not, by a fault of ours: the first 100 of
	// them. The archive's `about.json` names all, and `actions` says how many. Ask for another
	// copy later: some may have been found.
	Missing []MissingFile `json:"missing"`
	// The archive, once an access request is fulfilled, wholly or partially, and until the archive
	// expires.
	Result *DataArchive `json:"result"`
	// Opens the receipt once the request is fulfilled. The link needs no credentials and does not
	// expire: keep it before you confirm an erasure, which ends all keys and sessions. Null for a
	// request that ended unfulfilled.
	Receipt *string `json:"receipt"`
	// The mode of the credentials that made it, which are needed to see it. The request itself is
	// about both modes.
	Livemode bool `json:"livemode"`
}

// DataRequestID begins with drr_.
type DataRequestID string

// DataRequestStatus is where a data-rights request stands.
type DataRequestStatus string

// The values of [DataRequestStatus] that this version knows.
const (
	DataRequestStatusAwaitingVerification DataRequestStatus = "awaiting_verification"
	DataRequestStatusInProgress           DataRequestStatus = "in_progress"
	DataRequestStatusFulfilled            DataRequestStatus = "fulfilled"
	DataRequestStatusPartiallyFulfilled   DataRequestStatus = "partially_fulfilled"
	DataRequestStatusWithdrawn            DataRequestStatus = "withdrawn"
	DataRequestStatusExpired              DataRequestStatus = "expired"
)

// DataRight is the right that is exercised.
type DataRight string

// The values of [DataRight] that this version knows.
const (
	DataRightAccess  DataRight = "access"
	DataRightErasure DataRight = "erasure"
)

// DataVerification: Whether and how a request was confirmed.
type DataVerification struct {
	Method VerificationMethod `json:"method"`
	// Until when the code can be entered; null once the request waits for none.
	ExpiresAt  *time.Time `json:"expires_at"`
	VerifiedAt *time.Time `json:"verified_at"`
}

// DeliveryID begins with dlv_.
type DeliveryID string

// DeliveryStatus is where a delivery stands.
type DeliveryStatus string

// The values of [DeliveryStatus] that this version knows.
const (
	DeliveryStatusPending   DeliveryStatus = "pending"
	DeliveryStatusDelivered DeliveryStatus = "delivered"
	DeliveryStatusFailed    DeliveryStatus = "failed"
	DeliveryStatusCanceled  DeliveryStatus = "canceled"
)

// EmailChange is what happens next. It is the same for every address.
type EmailChange struct {
	// The address that a mail is on its way to.
	Email string `json:"email"`
	// Until when the code in it can be used.
	CodeExpiresAt time.Time `json:"code_expires_at"`
}

// EndpointSnapshot: Which endpoint it is.
type EndpointSnapshot struct {
	ID  WebhookEndpointID `json:"id"`
	URL string            `json:"url"`
	// Why it was disabled: `failing` or `gone`.
	Reason string `json:"reason,omitzero"`
	// Since when it failed.
	Since time.Time `json:"since,omitzero"`
}

// EndpointWebhook is what is told of an endpoint.
type EndpointWebhook struct {
	Type      EventType        `json:"type"`
	Timestamp time.Time        `json:"timestamp"`
	Data      EndpointSnapshot `json:"data"`
}

// ErrorCode is the stable reason of an error. Decide by it, not by the words of `detail`.
type ErrorCode string

// The values of [ErrorCode] that this version knows.
const (
	ErrorCodeInvalidRequest          ErrorCode = "invalid_request"
	ErrorCodeMalformedJSON           ErrorCode = "malformed_json"
	ErrorCodeMalformedRequest        ErrorCode = "malformed_request"
	ErrorCodeInvalidCursor           ErrorCode = "invalid_cursor"
	ErrorCodeRedirectNotAllowed      ErrorCode = "redirect_not_allowed"
	ErrorCodeOAuthStateInvalid       ErrorCode = "oauth_state_invalid"
	ErrorCodeUnauthenticated         ErrorCode = "unauthenticated"
	ErrorCodeTOTPRequired            ErrorCode = "totp_required"
	ErrorCodeTOTPInvalid             ErrorCode = "totp_invalid"
	ErrorCodeInsufficientCredits     ErrorCode = "insufficient_credits"
	ErrorCodeSpendCapReached         ErrorCode = "spend_cap_reached"
	ErrorCodeInsufficientScope       ErrorCode = "insufficient_scope"
	ErrorCodeStepUpRequired          ErrorCode = "step_up_required"
	ErrorCodeAccountSuspended        ErrorCode = "account_suspended"
	ErrorCodeFreshSignInRequired     ErrorCode = "fresh_sign_in_required"
	ErrorCodeSignUpIncomplete        ErrorCode = "sign_up_incomplete"
	ErrorCodeAccountClosed           ErrorCode = "account_closed"
	ErrorCodeAddressNotAllowed       ErrorCode = "address_not_allowed"
	ErrorCodeModelNotAllowed         ErrorCode = "model_not_allowed"
	ErrorCodeNotFound                ErrorCode = "not_found"
	ErrorCodeMethodNotAllowed        ErrorCode = "method_not_allowed"
	ErrorCodeRequestTimeout          ErrorCode = "request_timeout"
	ErrorCodeConflict                ErrorCode = "conflict"
	ErrorCodeNotCancelable           ErrorCode = "not_cancelable"
	ErrorCodeNothingToRefund         ErrorCode = "nothing_to_refund"
	ErrorCodeUseOtherMethod          ErrorCode = "use_other_method"
	ErrorCodeIdentityInUse           ErrorCode = "identity_in_use"
	ErrorCodeLastSignInMethod        ErrorCode = "last_sign_in_method"
	ErrorCodeIdempotencyInProgress   ErrorCode = "idempotency_in_progress"
	ErrorCodeModelGone               ErrorCode = "model_gone"
	ErrorCodeErased                  ErrorCode = "erased"
	ErrorCodePayloadTooLarge         ErrorCode = "payload_too_large"
	ErrorCodeUnsupportedMediaType    ErrorCode = "unsupported_media_type"
	ErrorCodeRangeNotSatisfiable     ErrorCode = "range_not_satisfiable"
	ErrorCodeInvalidInput            ErrorCode = "invalid_input"
	ErrorCodeAgeNotConfirmed         ErrorCode = "age_not_confirmed"
	ErrorCodeBelowMinimumAge         ErrorCode = "below_minimum_age"
	ErrorCodePolicyNotAccepted       ErrorCode = "policy_not_accepted"
	ErrorCodeUnknownModel            ErrorCode = "unknown_model"
	ErrorCodeUnknownOffer            ErrorCode = "unknown_offer"
	ErrorCodeRegionNotAllowed        ErrorCode = "region_not_allowed"
	ErrorCodeContentRefused          ErrorCode = "content_refused"
	ErrorCodeMaxCostExceeded         ErrorCode = "max_cost_exceeded"
	ErrorCodeEstimateExpired         ErrorCode = "estimate_expired"
	ErrorCodeIdempotencyKeyReused    ErrorCode = "idempotency_key_reused"
	ErrorCodeCodeInvalid             ErrorCode = "code_invalid"
	ErrorCodeOAuthCodeInvalid        ErrorCode = "oauth_code_invalid"
	ErrorCodeEmailUnverified         ErrorCode = "email_unverified"
	ErrorCodeRateLimited             ErrorCode = "rate_limited"
	ErrorCodeConcurrencyLimitReached ErrorCode = "concurrency_limit_reached"
	ErrorCodeHeadersTooLarge         ErrorCode = "headers_too_large"
	ErrorCodeInternalError           ErrorCode = "internal_error"
	ErrorCodeFileLost                ErrorCode = "file_lost"
	ErrorCodeUnavailable             ErrorCode = "unavailable"
	ErrorCodeOutcomeUnknown          ErrorCode = "outcome_unknown"
)

// Estimate is what generations would cost, at prices that hold until `expires_at` for requests
// with this `estimate_id`.
type Estimate struct {
	ID EstimateID `json:"id"`
	// Whether all of them, asked for in this order, would be accepted now.
	Admissible bool `json:"admissible"`
	// The least that they cost together if all succeed; null beyond the largest amount of credits.
	Min *Credits `json:"min"`
	// The most that they can cost together; null beyond the largest amount of credits.
	Max *Credits `json:"max"`
	// What could be spent when this was estimated.
	Available Credits `json:"available"`
	// In the order of the request.
	Generations []EstimatedGeneration `json:"generations"`
	Livemode    bool                  `json:"livemode"`
	CreatedAt   time.Time             `json:"created_at"`
	// Until then a generation with this `estimate_id` is priced as it is here.
	ExpiresAt time.Time `json:"expires_at"`
}

// EstimateID begins with est_.
type EstimateID string

// EstimateLine is a line of the price: `quantity` units at `credits`, times the multipliers.
type EstimateLine struct {
	Unit PriceUnit `json:"unit"`
	// How many images, seconds, characters or tokens at most.
	Quantity int64 `json:"quantity"`
	// For one unit: one image or second, 1,000 characters or tokens.
	Credits     Credits             `json:"credits"`
	Multipliers []AppliedMultiplier `json:"multipliers"`
	Subtotal    Credits             `json:"subtotal"`
}

// EstimatedGeneration is what a generation would cost, and what stands against it.
type EstimatedGeneration struct {
	// As you asked for it: an id or an alias.
	Model string `json:"model"`
	// The id of the model that would run; null if none would.
	ModelResolved *string `json:"model_resolved"`
	// The price list that it is estimated by.
	PriceVersion *string `json:"price_version"`
	// The least that it costs if it succeeds; whatever fails costs nothing. Null without a price.
	Min *Credits `json:"min"`
	// The most that it can cost: so much is held. Null without a price.
	Max *Credits `json:"max"`
	// How `max` comes about.
	Lines []EstimateLine `json:"lines"`
	// Why it would be refused; empty if it would be accepted.
	Blockers []Blocker `json:"blockers"`
}

// Event: Something that happened.
type Event struct {
	// Also the `webhook-id` of everything that is sent about it.
	ID   EventID   `json:"id"`
	Type EventType `json:"type"`
	// The id of what it happened to.
	Subject string `json:"subject"`
	// How the subject stood then, as in the webhook of this type, with fresh links; without your
	// own words once it was erased. Without the scope that reads such a subject, its `id` and
	// `status` alone.
	Data      map[string]any `json:"data"`
	Livemode  bool           `json:"livemode"`
	CreatedAt time.Time      `json:"created_at"`
}

// EventID begins with evt_.
type EventID string

// EventType is what happened.
type EventType string

// The values of [EventType] that this version knows.
const (
	EventTypeGenerationStarted       EventType = "generation.started"
	EventTypeGenerationSucceeded     EventType = "generation.succeeded"
	EventTypeGenerationFailed        EventType = "generation.failed"
	EventTypeGenerationCanceled      EventType = "generation.canceled"
	EventTypeGenerationExpired       EventType = "generation.expired"
	EventTypeBatchEnded              EventType = "batch.ended"
	EventTypeKeyCapReached           EventType = "key.cap_reached"
	EventTypeKeyLeaked               EventType = "key.leaked"
	EventTypePurchasePaid            EventType = "purchase.paid"
	EventTypePurchaseRefunded        EventType = "purchase.refunded"
	EventTypePurchaseDisputed        EventType = "purchase.disputed"
	EventTypePurchaseDisputeWon      EventType = "purchase.dispute_won"
	EventTypePurchaseDisputeLost     EventType = "purchase.dispute_lost"
	EventTypeWebhookEndpointDisabled EventType = "webhook_endpoint.disabled"
	EventTypeWebhookEndpointTest     EventType = "webhook_endpoint.test"
)

// FieldError is one thing that is wrong with the request.
type FieldError struct {
	// Where in the body: a JSON pointer (RFC 6901). The empty pointer is the whole body.
	Pointer string `json:"pointer,omitzero"`
	// Which parameter or header, when it is not in the body.
	Parameter string `json:"parameter,omitzero"`
	// What is wrong, in one stable word.
	Code string `json:"code"`
	// What is wrong, in a sentence.
	Detail string `json:"detail"`
}

// FileFault is what is wrong with a file.
type FileFault string

// The values of [FileFault] that this version knows.
const (
	FileFaultMissing FileFault = "missing"
	FileFaultDamaged FileFault = "damaged"
)

// FileID begins with file_.
type FileID string

// FileObject is a file: what a generation made.
type FileObject struct {
	ID           FileID        `json:"id"`
	Purpose      FilePurpose   `json:"purpose"`
	GenerationID *GenerationID `json:"generation_id"`
	ContentType  string        `json:"content_type"`
	// Size in bytes.
	Bytes int64 `json:"bytes"`
	// SHA-256 of the file, in hex.
	SHA256 string `json:"sha256"`
	// In pixels.
	Width *int64 `json:"width"`
	// In pixels.
	Height *int64 `json:"height"`
	// How long it plays.
	Seconds *float64 `json:"seconds"`
	// Opens the file without a key until `expires_at`.
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
	Livemode  bool      `json:"livemode"`
	CreatedAt time.Time `json:"created_at"`
}

// FilePurpose is why a file is kept.
type FilePurpose string

// The values of [FilePurpose] that this version knows.
const (
	FilePurposeOutput FilePurpose = "output"
	FilePurposeExport FilePurpose = "export"
)

// ForgotPassword is whose password is forgotten.
type ForgotPassword struct {
	Email string `json:"email"`
}

// Generation is a generation: what was asked, where it stands, what it made and what it cost. A
// key without the scope `generations:read` is not shown what was asked and made: `input`,
// `outputs`, `text`, `metadata` and `end_user` are empty or null in its answers.
type Generation struct {
	ID     GenerationID     `json:"id"`
	Kind   GenerationKind   `json:"kind"`
	Status GenerationStatus `json:"status"`
	Model  ModelNames       `json:"model"`
	// The input with the model's defaults filled in; empty once erased.
	Input GenerationInput `json:"input"`
	// What it made; empty unless it succeeded.
	Outputs []Output `json:"outputs"`
	// What a text model answered.
	Text *string `json:"text"`
	// Hundredths of the way, as far as the provider tells.
	Progress int64 `json:"progress"`
	// Why it failed or expired. A generation with an error is never charged.
	Error      *GenerationError `json:"error"`
	Cost       Cost             `json:"cost"`
	Provenance Provenance       `json:"provenance"`
	// Your own data, as you sent it.
	Metadata map[string]string `json:"metadata"`
	// Your own name for the person on whose behalf you asked.
	EndUser *string `json:"end_user"`
	// Whether its files are kept beyond the operator's usual time.
	Saved bool `json:"saved"`
	// The key that asked for it; null when a signed-in person did.
	KeyID *KeyID `json:"key_id"`
	// The batch that it is one of.
	BatchID   *BatchID   `json:"batch_id"`
	Livemode  bool       `json:"livemode"`
	CreatedAt time.Time  `json:"created_at"`
	StartedAt *time.Time `json:"started_at"`
	EndedAt   *time.Time `json:"ended_at"`
	// It expires, uncharged, unless it ends before.
	DeadlineAt        time.Time  `json:"deadline_at"`
	CancelRequestedAt *time.Time `json:"cancel_requested_at"`
	// When its content was erased; what remains is kept for the books.
	ErasedAt *time.Time `json:"erased_at"`
}

// GenerationError is why a generation came to nothing.
type GenerationError struct {
	// Stable: `content_refused`, `provider_failed`, `provider_unavailable`,
	// `provider_outcome_unknown`, `deadline_exceeded`, `model_gone` or `internal_error`.
	Code    string `json:"code"`
	Message string `json:"message"`
}

// GenerationEvent: Something that happened to a generation.
type GenerationEvent struct {
	// What happened; also the name of the event in the stream.
	Type GenerationEventType `json:"type"`
	// When it happened.
	At time.Time `json:"at"`
	// The generation as it stands now.
	Generation Generation `json:"generation"`
}

// GenerationEventType is what can happen to a generation.
type GenerationEventType string

// The values of [GenerationEventType] that this version knows.
const (
	GenerationEventTypeGenerationQueued    GenerationEventType = "generation.queued"
	GenerationEventTypeGenerationRunning   GenerationEventType = "generation.running"
	GenerationEventTypeGenerationProgress  GenerationEventType = "generation.progress"
	GenerationEventTypeGenerationSucceeded GenerationEventType = "generation.succeeded"
	GenerationEventTypeGenerationFailed    GenerationEventType = "generation.failed"
	GenerationEventTypeGenerationCanceled  GenerationEventType = "generation.canceled"
	GenerationEventTypeGenerationExpired   GenerationEventType = "generation.expired"
)

// GenerationID begins with gen_.
type GenerationID string

// GenerationInput is what the model is given: one flat object. `GET /v1/models/{id}` says which of
// these fields a model takes, and their bounds.
type GenerationInput struct {
	// What to make, in words.
	Prompt string `json:"prompt,omitzero"`
	// What to avoid, in words.
	NegativePrompt string `json:"negative_prompt,omitzero"`
	// How many.
	N *int64 `json:"n,omitzero"`
	// Width and height in pixels, as in `1024x1024`.
	Size string `json:"size,omitzero"`
	// As in `16:9`.
	AspectRatio string `json:"aspect_ratio,omitzero"`
	Quality     string `json:"quality,omitzero"`
	// File format, as in `png`.
	Format string `json:"format,omitzero"`
	// The same seed and input make the same output, where the model can. One is chosen if you send
	// none.
	Seed *int64 `json:"seed,omitzero"`
	// Length of a video.
	Seconds *int64 `json:"seconds,omitzero"`
	// As in `720p`.
	Resolution string `json:"resolution,omitzero"`
	// Whether a video has sound.
	Audio *bool  `json:"audio,omitzero"`
	Voice string `json:"voice,omitzero"`
	// Of speech; 1 is natural.
	Speed *float64 `json:"speed,omitzero"`
	// The conversation so far, instead of a prompt.
	Messages []Message `json:"messages,omitzero"`
	// Longest answer, in tokens.
	MaxTokens   *int64   `json:"max_tokens,omitzero"`
	Temperature *float64 `json:"temperature,omitzero"`
	// What only one model takes.
	Extra map[string]any `json:"extra,omitzero"`
}

// GenerationKind is what a model makes.
type GenerationKind string

// The values of [GenerationKind] that this version knows.
const (
	GenerationKindImage  GenerationKind = "image"
	GenerationKindVideo  GenerationKind = "video"
	GenerationKindSpeech GenerationKind = "speech"
	GenerationKindText   GenerationKind = "text"
)

// GenerationSnapshot is how a generation stood when it happened, without what it was asked.
type GenerationSnapshot struct {
	ID     GenerationID     `json:"id"`
	Kind   GenerationKind   `json:"kind"`
	Status GenerationStatus `json:"status"`
	// The model that ran.
	Model   string         `json:"model"`
	BatchID *BatchID       `json:"batch_id"`
	Error   *SnapshotError `json:"error"`
	// What was charged.
	Captured Credits `json:"captured"`
	// Your own data; null where it is too long to be sent.
	Metadata  map[string]string `json:"metadata"`
	EndUser   *string           `json:"end_user"`
	CreatedAt time.Time         `json:"created_at"`
	StartedAt *time.Time        `json:"started_at"`
	EndedAt   *time.Time        `json:"ended_at"`
	// What it made, once it succeeded, with fresh links. Null where it is too long to be sent.
	Outputs []SnapshotOutput `json:"outputs,omitzero"`
	// Present where something was left out: ask for the generation.
	Truncated *bool `json:"truncated,omitzero"`
}

// GenerationStatus is where a generation stands. `queued` and `running` move on; the others are
// ends.
//
//   - `queued`: It waits for its turn.
//   - `running`: The provider is at work.
//   - `succeeded`: Its outputs are there, and it is paid for.
//   - `failed`: It could not be made; it costs nothing.
//   - `canceled`: It was called off.
//   - `expired`: It was not ready by its deadline; it costs nothing.
type GenerationStatus string

// The values of [GenerationStatus] that this version knows.
const (
	// It waits for its turn.
	GenerationStatusQueued GenerationStatus = "queued"
	// The provider is at work.
	GenerationStatusRunning GenerationStatus = "running"
	// Its outputs are there, and it is paid for.
	GenerationStatusSucceeded GenerationStatus = "succeeded"
	// It could not be made; it costs nothing.
	GenerationStatusFailed GenerationStatus = "failed"
	// It was called off.
	GenerationStatusCanceled GenerationStatus = "canceled"
	// It was not ready by its deadline; it costs nothing.
	GenerationStatusExpired GenerationStatus = "expired"
)

// GenerationWebhook is what is told of a generation.
type GenerationWebhook struct {
	Type EventType `json:"type"`
	// When it happened.
	Timestamp time.Time          `json:"timestamp"`
	Data      GenerationSnapshot `json:"data"`
}

// Grant is a lot of credits. Lots are spent by priority, then by expiry, then by age.
type Grant struct {
	ID     LotID       `json:"id"`
	Source GrantSource `json:"source"`
	Reason string      `json:"reason"`
	// Smaller is spent first.
	Priority int64   `json:"priority"`
	Granted  Credits `json:"granted"`
	// What can be spent now.
	Remaining  Credits     `json:"remaining"`
	Held       Credits     `json:"held"`
	Spent      Credits     `json:"spent"`
	Expired    Credits     `json:"expired"`
	Refunded   Credits     `json:"refunded"`
	PurchaseID *PurchaseID `json:"purchase_id"`
	CreatedAt  time.Time   `json:"created_at"`
	// Null: never.
	ExpiresAt *time.Time `json:"expires_at"`
}

// GrantSource is where a lot of credits came from.
type GrantSource string

// The values of [GrantSource] that this version knows.
const (
	GrantSourceGrant    GrantSource = "grant"
	GrantSourcePurchase GrantSource = "purchase"
)

// Identities: All that are linked to the account, one a provider at most.
type Identities struct {
	Data []Identity `json:"data"`
}

// Identity is who you are at a provider that you sign in with.
type Identity struct {
	ID IdentityID `json:"id"`
	// The provider's name.
	Provider string `json:"provider"`
	// The address that the provider vouched for at the last sign-in.
	Email *string `json:"email"`
	// Null unless this service keeps names.
	Name *string `json:"name"`
	// Null unless this service keeps pictures.
	AvatarURL  *string   `json:"avatar_url"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at"`
}

// IdentityID begins with idn_.
type IdentityID string

// KeyCap is a cap and how it stands. A request that could exceed `limit`, on top of `used` and
// `reserved`, is refused with `spend_cap_reached`.
type KeyCap struct {
	Period CapPeriod `json:"period"`
	Limit  Credits   `json:"limit"`
	// What generations cost that were admitted in this period.
	Used Credits `json:"used"`
	// Set aside for those of them that have not ended.
	Reserved Credits `json:"reserved"`
	// When the next period begins; null: never.
	ResetsAt *time.Time `json:"resets_at"`
}

// KeyCapSnapshot is how much of a cap is used.
type KeyCapSnapshot struct {
	KeyID  KeyID     `json:"key_id"`
	Period CapPeriod `json:"period"`
	// 50, 80 or 100.
	Percent int64   `json:"percent"`
	Limit   Credits `json:"limit"`
	// What was charged.
	Used Credits `json:"used"`
	// What is set aside.
	Reserved Credits    `json:"reserved"`
	ResetsAt *time.Time `json:"resets_at"`
}

// KeyCapWebhook is what is told of a key's cap.
type KeyCapWebhook struct {
	Type      EventType      `json:"type"`
	Timestamp time.Time      `json:"timestamp"`
	Data      KeyCapSnapshot `json:"data"`
}

// KeyID begins with key_.
type KeyID string

// KeyLeakedSnapshot: Which key was revoked, and why.
type KeyLeakedSnapshot struct {
	KeyID KeyID `json:"key_id"`
	// The last four characters of the secret that was found.
	LastFour string `json:"last_four"`
	// Where it was found, if that was told.
	URL *string `json:"url"`
	// How many keys were revoked with it, since it made them, directly or not.
	DescendantsRevoked int64 `json:"descendants_revoked"`
}

// KeyLeakedWebhook is what is told of a leaked key.
type KeyLeakedWebhook struct {
	Type      EventType         `json:"type"`
	Timestamp time.Time         `json:"timestamp"`
	Data      KeyLeakedSnapshot `json:"data"`
}

// KeyRate: Limits of a key's own, below the server's.
type KeyRate struct {
	// Requests a minute; null: the server's limit.
	RequestsPerMinute *int64 `json:"requests_per_minute"`
	// Generations that have not ended; null: the server's limit.
	ConcurrentGenerations *int64 `json:"concurrent_generations"`
}

// KeyRateLimits: Limits of a key's own; absent: the server's.
type KeyRateLimits struct {
	// Requests a minute, counted in each process of the server.
	RequestsPerMinute *int64 `json:"requests_per_minute,omitzero"`
	// Generations that have not ended. Those of a batch wait until there is room.
	ConcurrentGenerations *int64 `json:"concurrent_generations,omitzero"`
}

// KeyRevocation is what became of a revoked key and of the keys that it made, directly or not.
type KeyRevocation struct {
	ID        KeyID     `json:"id"`
	RevokedAt time.Time `json:"revoked_at"`
	// How many of the keys that it made were revoked just now.
	DescendantsRevoked int64 `json:"descendants_revoked"`
	// How many of the keys that it made are still good.
	DescendantsActive int64 `json:"descendants_active"`
}

// LeakedSecret is a secret that was found.
type LeakedSecret struct {
	// The whole secret, as it was found: `tt_live_…` or `tt_test_…`.
	Secret string `json:"secret"`
	// Where it was found. The key's owner is told.
	URL string `json:"url,omitzero"`
}

// LedgerBook is the balance that an amount leaves or enters.
type LedgerBook string

// The values of [LedgerBook] that this version knows.
const (
	LedgerBookIssued    LedgerBook = "issued"
	LedgerBookAvailable LedgerBook = "available"
	LedgerBookHeld      LedgerBook = "held"
	LedgerBookSpent     LedgerBook = "spent"
	LedgerBookExpired   LedgerBook = "expired"
)

// LedgerEntry is a line of the ledger: an amount moved from one balance to another. Lines are
// never changed or removed.
type LedgerEntry struct {
	ID   LedgerEntryID   `json:"id"`
	Kind LedgerEntryKind `json:"kind"`
	// The balance that the amount left.
	Source LedgerBook `json:"source"`
	// The balance that it entered.
	Destination LedgerBook `json:"destination"`
	Amount      Credits    `json:"amount"`
	// What could be spent afterwards.
	AvailableAfter Credits `json:"available_after"`
	// What was set aside afterwards.
	HeldAfter    Credits       `json:"held_after"`
	GenerationID *GenerationID `json:"generation_id"`
	// Of the one hold for all generations of a batch.
	BatchID    *BatchID    `json:"batch_id"`
	PurchaseID *PurchaseID `json:"purchase_id"`
	GrantID    *LotID      `json:"grant_id"`
	CreatedAt  time.Time   `json:"created_at"`
}

// LedgerEntryID begins with led_.
type LedgerEntryID string

// LedgerEntryKind is what moved the credits.
type LedgerEntryKind string

// The values of [LedgerEntryKind] that this version knows.
const (
	LedgerEntryKindGrant    LedgerEntryKind = "grant"
	LedgerEntryKindPurchase LedgerEntryKind = "purchase"
	LedgerEntryKindHold     LedgerEntryKind = "hold"
	LedgerEntryKindCapture  LedgerEntryKind = "capture"
	LedgerEntryKindRelease  LedgerEntryKind = "release"
	LedgerEntryKindRefund   LedgerEntryKind = "refund"
	LedgerEntryKindExpire   LedgerEntryKind = "expire"
	LedgerEntryKindAdjust   LedgerEntryKind = "adjust"
)

// LinkBegun is where linking begins.
type LinkBegun struct {
	// Send the browser here.
	URL string `json:"url"`
	// Until when it can be opened.
	ExpiresAt time.Time `json:"expires_at"`
}

// Login is who wants to sign in.
type Login struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	// The six digits of the authenticator app, where the account has one.
	TOTPCode string `json:"totp_code,omitzero"`
	// Instead of `totp_code`, for whoever lost the app: each counts once.
	RecoveryCode string `json:"recovery_code,omitzero"`
}

// LotID begins with lot_.
type LotID string

// MailID begins with mail_.
type MailID string

// Message is a turn of a conversation.
type Message struct {
	Role    MessageRole `json:"role"`
	Content string      `json:"content"`
}

// MessageRole is who speaks.
type MessageRole string

// The values of [MessageRole] that this version knows.
const (
	MessageRoleSystem    MessageRole = "system"
	MessageRoleUser      MessageRole = "user"
	MessageRoleAssistant MessageRole = "assistant"
)

// MissingFile is a file that the copy should hold and that our storage lost.
type MissingFile struct {
	FileID       FileID        `json:"file_id"`
	GenerationID *GenerationID `json:"generation_id"`
	Fault        FileFault     `json:"fault"`
}

// Model is a model that you can generate with.
type Model struct {
	// What to send as `model`.
	ID          string         `json:"id"`
	Kind        GenerationKind `json:"kind"`
	DisplayName string         `json:"display_name"`
	Description string         `json:"description"`
	// Who runs it.
	Provider   string     `json:"provider"`
	Processing Processing `json:"processing"`
	// JSON Schema 2020-12 of `input`: the very document that requests are checked against.
	InputSchema map[string]any `json:"input_schema"`
	Pricing     []Price        `json:"pricing"`
	// The price list; a generation keeps the one that it was admitted under.
	PriceVersion string       `json:"price_version"`
	ChargePolicy ChargePolicy `json:"charge_policy"`
	// Whether it can be stopped once it runs.
	Cancelable bool `json:"cancelable"`
	// Whether what it makes can be followed while it is made.
	Streams bool `json:"streams"`
	// Half of the last runs here took no longer, in seconds; null before the first one.
	P50Seconds *float64 `json:"p50_seconds"`
	// Of twenty runs here, nineteen took no longer, in seconds; null before the first one.
	P95Seconds *float64 `json:"p95_seconds"`
	// Other names for it.
	Aliases []string `json:"aliases"`
	// When its end was announced. Calls to it carry `Deprecation` and `Sunset` headers.
	DeprecatedAt *time.Time `json:"deprecated_at"`
	// When it ends. A call after that is run by `replaced_by` if the operator decided so, else
	// answered with 410 `model_gone`.
	ShutdownAt *time.Time `json:"shutdown_at"`
	// The id of the model that takes its place.
	ReplacedBy *string `json:"replaced_by"`
	// After so many seconds a generation expires, uncharged.
	TimeoutSeconds int64 `json:"timeout_seconds"`
}

// ModelNames is the model by the name that was asked for, and the one that ran.
type ModelNames struct {
	// An id or alias.
	Asked    string `json:"asked"`
	Resolved string `json:"resolved"`
}

// Models: All models on offer.
type Models struct {
	Data []Model `json:"data"`
}

// Money is an amount of money in the minor unit of its currency: `{"amount": 900, "currency":
// "EUR"}` is nine euros.
type Money struct {
	// Whole minor units: cents of EUR, yen of JPY.
	Amount int64 `json:"amount"`
	// ISO 4217 code in capitals.
	Currency string `json:"currency"`
}

// OAuthProvider is a provider that people can sign in with.
type OAuthProvider struct {
	// What to call it in requests.
	Name string `json:"name"`
	// What to write on the button.
	DisplayName string `json:"display_name"`
	// Send the browser here, with `redirect_uri`, `code_challenge` and, if you like, `state` in
	// the query.
	StartURL string `json:"start_url"`
}

// OAuthProviders: All providers that people can sign in with.
type OAuthProviders struct {
	Data []OAuthProvider `json:"data"`
}

// Offer is a pack of credits for sale.
type Offer struct {
	// What `POST /v1/purchases` takes as `offer`.
	ID          string `json:"id"`
	DisplayName string `json:"display_name"`
	// How many credits it brings.
	Credits Credits `json:"credits"`
	// One price a currency. The first is taken where a purchase names no currency.
	Prices []Money `json:"prices"`
	// How long the credits last from payment on, as an ISO 8601 period. Null: they don't expire.
	Lasts *string `json:"lasts"`
}

// OldSecret is the secret before a rotation, while it is still good.
type OldSecret struct {
	LastFour  string    `json:"last_four"`
	ExpiresAt time.Time `json:"expires_at"`
}

// OpenSession is a session as its owner sees it, without tokens.
type OpenSession struct {
	ID SessionID `json:"id"`
	// As far as it tells what it is: `Firefox on Linux`. Empty when unknown.
	Device string `json:"device"`
	// Whether it is the one that asks.
	Current bool `json:"current"`
	// When somebody signed in.
	CreatedAt time.Time `json:"created_at"`
	// When its tokens were last exchanged for new ones.
	LastUsedAt time.Time `json:"last_used_at"`
	// When it ends, unless it is refreshed before.
	ExpiresAt time.Time `json:"expires_at"`
}

// Outbox: Mails, newest first.
type Outbox struct {
	Data []OutboxMail `json:"data"`
}

// OutboxMail is a mail that a real server would have sent.
type OutboxMail struct {
	ID MailID `json:"id"`
	// Which text it is: `verify_email`.
	Template string `json:"template"`
	To       string `json:"to"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
	// The same as a page.
	HTML      string    `json:"html"`
	CreatedAt time.Time `json:"created_at"`
	// Null while it waits to be sent.
	SentAt *time.Time `json:"sent_at"`
	// When it was given up; null otherwise.
	FailedAt *time.Time `json:"failed_at"`
	// Why it was given up: what the mail server answered, `suppressed` or `too old`.
	Failure *string `json:"failure"`
}

// Output is a file that a generation made.
type Output struct {
	FileID      FileID `json:"file_id"`
	ContentType string `json:"content_type"`
	// Size in bytes.
	Bytes int64 `json:"bytes"`
	// SHA-256 of the file, in hex.
	SHA256 string `json:"sha256"`
	// In pixels.
	Width *int64 `json:"width"`
	// In pixels.
	Height *int64 `json:"height"`
	// How long it plays.
	Seconds *float64 `json:"seconds"`
	// Opens the file without a key until `expires_at`. Ask for the generation again to get a new
	// link.
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
}

// PasswordForgotten is what happens next. It is the same for every address.
type PasswordForgotten struct {
	// The address that a mail is on its way to, if it has an account.
	Email string `json:"email"`
	// Until when the code in it can be used.
	CodeExpiresAt time.Time `json:"code_expires_at"`
}

// PolicyRequirement is the policy and terms that people accept.
type PolicyRequirement struct {
	// Send it as `accepted_policy` once the person accepted it.
	Version string `json:"version"`
	// Where people read it.
	URL string `json:"url"`
	// When it takes effect; null: at once.
	EffectiveAt *time.Time `json:"effective_at"`
}

// Price is a line of a price: so many credits a unit, times the factors that the input picks.
type Price struct {
	Unit PriceUnit `json:"unit"`
	// For one unit.
	Credits Credits `json:"credits"`
	// Input field, value, factor.
	Multipliers map[string]map[string]Credits `json:"multipliers"`
}

// PriceUnit is what a price counts.
type PriceUnit string

// The values of [PriceUnit] that this version knows.
const (
	PriceUnitImage          PriceUnit = "image"
	PriceUnitSecond         PriceUnit = "second"
	PriceUnit1000Characters PriceUnit = "1000_characters"
	PriceUnit1000Tokens     PriceUnit = "1000_tokens"
)

// Problem is an error, as RFC 9457 wants it. More members may follow, by the code: `required`,
// `available`, `replaced_by`…
type Problem struct {
	// A page that explains this kind of error.
	Type string `json:"type"`
	// What happened, in words that never change.
	Title string `json:"title"`
	// The HTTP status, again.
	Status int64 `json:"status"`
	// What happened this time.
	Detail string `json:"detail"`
	// The path that was asked for.
	Instance string    `json:"instance"`
	Code     ErrorCode `json:"code"`
	// Tell us this when you ask for help.
	RequestID string `json:"request_id"`
	// What is wrong with the request, one by one.
	Errors []FieldError `json:"errors,omitzero"`
	// More has further members.
	More map[string]any `json:"-"`
}

// UnmarshalJSON keeps further members.
func (it *Problem) UnmarshalJSON(text []byte) error {
	type plain Problem
	return unmarshalOpen(text, (*plain)(it), &it.More)
}

// MarshalJSON writes further members too.
func (it Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	return marshalOpen(plain(it), it.More)
}

// Processing is where a model's input is processed.
type Processing struct {
	// ISO 3166 codes; `ZZ` is this server itself.
	Countries []string `json:"countries"`
	// Where else it may be processed when that is out of order. `regions` on a generation rules
	// out what it does not name.
	FallbackCountries []string `json:"fallback_countries"`
	// What makes the transfer there lawful.
	Mechanism string `json:"mechanism"`
}

// Proof is a proof that it is you: one of the three.
type Proof struct {
	Password string `json:"password,omitzero"`
	// The six digits that your authenticator app shows.
	TOTPCode string `json:"totp_code,omitzero"`
	// One of your recovery codes, which is used up by it.
	RecoveryCode string `json:"recovery_code,omitzero"`
}

// Provenance is where the outputs come from.
type Provenance struct {
	// Always true: what this API returns was made by a machine.
	AIGenerated bool `json:"ai_generated"`
	// Who ran the model; null once the model is no longer offered.
	Provider *string `json:"provider"`
	// Where it was processed: ISO 3166 codes; `ZZ` is this server itself.
	Countries []string `json:"countries"`
}

// Purchase is a purchase of credits, from its checkout to its payment or refund.
type Purchase struct {
	ID PurchaseID `json:"id"`
	// The offer that was bought. It may have been withdrawn since.
	Offer string `json:"offer"`
	// Who takes the money.
	Processor string `json:"processor"`
	// `pending` until the processor tells of a payment; credits come with `paid`. A `failed`
	// payment may be tried again at the same checkout. `refunding` until the processor has
	// returned the money. While a payment is `disputed`, what is left of its credits is taken
	// back: it is `paid` again, credits included, when the dispute is won, and `charged_back` for
	// good when it is lost. `expired` when nobody began to pay within a day, or the money did not
	// come within thirty; money that comes all the same still counts.
	Status  PurchaseStatus `json:"status"`
	Price   Money          `json:"price"`
	Credits Credits        `json:"credits"`
	// Where the buyer pays: send them there. Null if the processor has opened no checkout.
	CheckoutURL *string `json:"checkout_url"`
	// Where the processor sends the buyer afterwards. That someone arrives there proves no
	// payment: ask for the purchase.
	SuccessURL string `json:"success_url"`
	// Where the processor sends a buyer who turned back.
	CancelURL string `json:"cancel_url"`
	// Whether it brings live or test credits: as the credentials that made it.
	Livemode  bool       `json:"livemode"`
	CreatedAt time.Time  `json:"created_at"`
	PaidAt    *time.Time `json:"paid_at"`
	// When the money went back to the buyer, by a refund or a lost dispute.
	RefundedAt *time.Time `json:"refunded_at"`
	// How much of the price goes back to the buyer, or went; null while all of it stays.
	Refund *Money `json:"refund"`
}

// PurchaseID begins with pur_.
type PurchaseID string

// PurchaseReceipt is what was bought, from whom and for how much.
type PurchaseReceipt struct {
	// The receipt's number: unique, and the same whenever you ask.
	Number   string     `json:"number"`
	Purchase PurchaseID `json:"purchase"`
	// Who sold it.
	Seller string `json:"seller"`
	// What was sold.
	Description string  `json:"description"`
	Credits     Credits `json:"credits"`
	// What was paid.
	Price Money `json:"price"`
	// Who took the money.
	Processor string `json:"processor"`
	// Nothing was really sold where this is false.
	Livemode bool `json:"livemode"`
	// When it was paid.
	PaidAt time.Time `json:"paid_at"`
	// When the money went back, by a refund or a lost dispute; null if it did not.
	RefundedAt *time.Time `json:"refunded_at"`
	// How much of the price went back by then.
	Refund *Money `json:"refund"`
}

// PurchaseSnapshot is how a purchase stood when it happened.
type PurchaseSnapshot struct {
	ID        PurchaseID     `json:"id"`
	Status    PurchaseStatus `json:"status"`
	Offer     string         `json:"offer"`
	Price     Money          `json:"price"`
	Credits   Credits        `json:"credits"`
	CreatedAt time.Time      `json:"created_at"`
}

// PurchaseStatus is where a purchase stands.
type PurchaseStatus string

// The values of [PurchaseStatus] that this version knows.
const (
	PurchaseStatusPending     PurchaseStatus = "pending"
	PurchaseStatusPaid        PurchaseStatus = "paid"
	PurchaseStatusFailed      PurchaseStatus = "failed"
	PurchaseStatusExpired     PurchaseStatus = "expired"
	PurchaseStatusRefunding   PurchaseStatus = "refunding"
	PurchaseStatusRefunded    PurchaseStatus = "refunded"
	PurchaseStatusDisputed    PurchaseStatus = "disputed"
	PurchaseStatusChargedBack PurchaseStatus = "charged_back"
)

// PurchaseWebhook is what is told of a purchase.
type PurchaseWebhook struct {
	Type      EventType        `json:"type"`
	Timestamp time.Time        `json:"timestamp"`
	Data      PurchaseSnapshot `json:"data"`
}

// Reactivate is whose account is to be opened again.
type Reactivate struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	// The six digits of the authenticator app, where the account has one.
	TOTPCode string `json:"totp_code,omitzero"`
	// Instead of `totp_code`, for whoever lost the app: each counts once.
	RecoveryCode string `json:"recovery_code,omitzero"`
}

// RecoveryCodes: Codes for whoever lost their authenticator app. They are shown once: print them,
// or keep them in a safe place.
type RecoveryCodes struct {
	// Ten codes, each for one use.
	RecoveryCodes []string `json:"recovery_codes"`
}

// RedeemCode is the code that came back to your app, and the secret behind the challenge.
type RedeemCode struct {
	// The `code` in the address that the browser came back to.
	Code string `json:"code"`
	// What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636).
	CodeVerifier string `json:"code_verifier"`
}

// Refresh is what is exchanged.
type Refresh struct {
	// The `refresh_token` of the last answer.
	RefreshToken string `json:"refresh_token"`
}

// Register is who wants to sign up.
type Register struct {
	// A mail address that you can read.
	Email string `json:"email"`
	// 8 to 128 characters, of any kind. What everyone would guess is refused.
	Password string `json:"password"`
	// The day of birth, if `auth.requirements` asks for it. Looked at, and not kept.
	BirthDate string `json:"birth_date,omitzero"`
	// "I am at least so old", if `auth.requirements` asks for that.
	ConfirmedAge *int64 `json:"confirmed_age,omitzero"`
	// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
	Country string `json:"country,omitzero"`
	// The version of the policy that the person accepts, if `auth.requirements` names one.
	AcceptedPolicy string `json:"accepted_policy,omitzero"`
}

// Registration is what happens next. It is the same for every address.
type Registration struct {
	// The address that a mail is on its way to.
	Email string `json:"email"`
	// This attempt, sealed. Keep it where the person signs up, and send it to `auth.verify_email`
	// with the mailed code: it says whose password and agreement the code confirms.
	Registration string `json:"registration"`
	// Until when the attempt and the code in the mail can be used.
	CodeExpiresAt time.Time `json:"code_expires_at"`
}

// ReplayWebhooks is what to send again: one event, or all of a range.
type ReplayWebhooks struct {
	// One event, whether the endpoint wanted it or not.
	EventID EventID `json:"event_id,omitzero"`
	// Or all events that the endpoint wants from this time on,
	After time.Time `json:"after,omitzero"`
	// until before this time; until now, if absent.
	Before time.Time `json:"before,omitzero"`
}

// ReportLeaks: Secrets that were found where others can read them.
type ReportLeaks struct {
	Leaks []LeakedSecret `json:"leaks"`
}

// Requirements is what to ask whoever signs up.
type Requirements struct {
	// Null: nobody is asked for their age.
	Age *AgeRequirement `json:"age"`
	// Null: there is nothing to accept.
	Policy *PolicyRequirement `json:"policy"`
}

// ResetPassword is the mailed code, and the password from now on.
type ResetPassword struct {
	Email string `json:"email"`
	// The code in the mail. Dashes and capitals don't matter.
	Code string `json:"code"`
	// 8 to 128 characters, of any kind. What everyone would guess is refused.
	Password string `json:"password"`
}

// RotateKey is how a secret is replaced.
type RotateKey struct {
	// For how long the old secret is good besides the new one: up to 7 days. 0 ends it at once. If
	// it leaked and the key has the scope `keys:write`, report it instead: whoever found it may
	// have made keys of their own.
	GraceSeconds *int64 `json:"grace_seconds,omitzero"`
}

// RotateWebhookSecret is how a secret is replaced.
type RotateWebhookSecret struct {
	// For how long the old secret signs too: up to 7 days.
	GraceSeconds *int64 `json:"grace_seconds,omitzero"`
}

// SandboxClock is what time it is in the sandbox.
type SandboxClock struct {
	Now time.Time `json:"now"`
}

// Scope is one thing that a key may do.
type Scope string

// The values of [Scope] that this version knows.
const (
	ScopeGenerationsRead  Scope = "generations:read"
	ScopeGenerationsWrite Scope = "generations:write"
	ScopeFilesRead        Scope = "files:read"
	ScopeFilesWrite       Scope = "files:write"
	ScopeCreditsRead      Scope = "credits:read"
	ScopeCreditsWrite     Scope = "credits:write"
	ScopeUsageRead        Scope = "usage:read"
	ScopeUsageWrite       Scope = "usage:write"
	ScopeKeysRead         Scope = "keys:read"
	ScopeKeysWrite        Scope = "keys:write"
	ScopeWebhooksRead     Scope = "webhooks:read"
	ScopeWebhooksWrite    Scope = "webhooks:write"
	ScopePurchasesRead    Scope = "purchases:read"
	ScopePurchasesWrite   Scope = "purchases:write"
	ScopeDataRightsRead   Scope = "data_rights:read"
	ScopeDataRightsWrite  Scope = "data_rights:write"
)

// Session is an open session.
type Session struct {
	// Send it as `Authorization: Bearer`. It has every scope and acts on live data, in a sandbox
	// on test data.
	AccessToken string    `json:"access_token"`
	TokenType   TokenType `json:"token_type"`
	// Seconds until the access token ends.
	ExpiresIn int64 `json:"expires_in"`
	// For new tokens, by `auth.refresh`: once, before the session ends. Keep it as you would a
	// password.
	RefreshToken string `json:"refresh_token"`
	// When the session ends, unless it is refreshed before.
	SessionExpiresAt time.Time `json:"session_expires_at"`
	SessionID        SessionID `json:"session_id"`
	AccountID        AccountID `json:"account_id"`
	// What the person still has to answer, by `account.agree`, before the account may do anything.
	// Mostly empty.
	Pending []SignUpRequirement `json:"pending"`
}

// SessionID begins with ses_.
type SessionID string

// SetConsent: Yes or no.
type SetConsent struct {
	Granted bool `json:"granted"`
}

// SignIn is the code of a sign-in, with the second factor where the account has one.
type SignIn struct {
	// The `code` in the address that the browser came back to.
	Code string `json:"code"`
	// What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636).
	CodeVerifier string `json:"code_verifier"`
	// The six digits of the authenticator app, where the account has one.
	TOTPCode string `json:"totp_code,omitzero"`
	// Instead of `totp_code`, for whoever lost the app: each counts once.
	RecoveryCode string `json:"recovery_code,omitzero"`
}

// SignUpRequirement is what is missing to complete a sign-up.
type SignUpRequirement string

// The values of [SignUpRequirement] that this version knows.
const (
	SignUpRequirementAge    SignUpRequirement = "age"
	SignUpRequirementPolicy SignUpRequirement = "policy"
)

// SnapshotError is why a generation came to nothing.
type SnapshotError struct {
	Code    string  `json:"code"`
	Message *string `json:"message"`
}

// SnapshotOutput is a file that a generation made.
type SnapshotOutput struct {
	FileID      FileID `json:"file_id"`
	ContentType string `json:"content_type"`
	// Size in bytes.
	Bytes   int64    `json:"bytes"`
	Width   *int64   `json:"width"`
	Height  *int64   `json:"height"`
	Seconds *float64 `json:"seconds"`
	// Opens the file without a key until `expires_at`.
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
}

// SteppedUp is what a session may do now.
type SteppedUp struct {
	// Until when the session may change the ways into the account.
	FreshUntil time.Time `json:"fresh_until"`
}

// TokenType is how an access token is sent.
type TokenType string

// The values of [TokenType] that this version knows.
const (
	TokenTypeBearer TokenType = "Bearer"
)

// TOTP: Whether sign-ins ask for a code besides.
type TOTP struct {
	// Whether every sign-in asks for a code of the authenticator app.
	Enabled bool `json:"enabled"`
	// Since when.
	EnabledAt *time.Time `json:"enabled_at"`
	// How many recovery codes can still be used: ten at first.
	RecoveryCodesLeft int64 `json:"recovery_codes_left"`
}

// TOTPBegun is what an authenticator app is to be told. Nobody can show it again.
type TOTPBegun struct {
	// For typing: base32, 160 bits. Codes are those of RFC 6238 with SHA-1, six digits and 30
	// seconds.
	Secret string `json:"secret"`
	// The same for a QR code.
	OtpauthURI string `json:"otpauth_uri"`
	// Until when the first code must be confirmed.
	ExpiresAt time.Time `json:"expires_at"`
}

// UpdateAccount is what to change; what is absent stays.
type UpdateAccount struct {
	// An empty text takes it away. Refused where the service keeps no names.
	DisplayName string `json:"display_name,omitzero"`
	// Of mails: `en`, `de`, or another that the service writes. An empty text: the service's own.
	Language string `json:"language,omitzero"`
}

// UpdateKey is what to change; what is absent stays.
type UpdateKey struct {
	Name string `json:"name,omitzero"`
	// All scopes that the key shall have.
	Scopes []Scope `json:"scopes,omitzero"`
	// The only models that the key may ask for; null: any.
	Models Nullable[[]string] `json:"models,omitzero"`
	// The only addresses and networks that the key may be used from; null: any.
	IPAllow Nullable[[]string] `json:"ip_allow,omitzero"`
	// When the key ends by itself; null: never.
	ExpiresAt Nullable[time.Time] `json:"expires_at,omitzero"`
	// All caps that the key shall have; an empty list takes them away. What it and the keys that
	// it made spent before counts.
	Caps []CapLimit `json:"caps,omitzero"`
	// Limits of the key's own, both anew; null: the server's.
	Rate Nullable[KeyRateLimits] `json:"rate,omitzero"`
}

// UpdateWebhookEndpoint is what to change; what is absent stays.
type UpdateWebhookEndpoint struct {
	// An `https` address on the public internet.
	URL         string `json:"url,omitzero"`
	Description string `json:"description,omitzero"`
	// The types of events to send; none: all.
	Events []EventType `json:"events,omitzero"`
	// `false` stops sending; `true` begins again, with what still waits and what happens from then
	// on.
	Enabled *bool `json:"enabled,omitzero"`
}

// Usage is what was made, and what it cost: of all generations that ended in the days asked for,
// or of one group of them.
type Usage struct {
	// The day in UTC, as in `2026-11-21`; null unless you group by `day`.
	Day *string `json:"day"`
	// Null unless you group by `key`, and for what a signed-in person asked for.
	KeyID *KeyID `json:"key_id"`
	// The model that ran; null unless you group by `model`.
	Model *string `json:"model"`
	// Null unless you group by `end_user`, and for generations that named none or were deleted.
	EndUser *string `json:"end_user"`
	// Generations that ended: the sum of the four that follow.
	Generations int64 `json:"generations"`
	Succeeded   int64 `json:"succeeded"`
	Failed      int64 `json:"failed"`
	Canceled    int64 `json:"canceled"`
	Expired     int64 `json:"expired"`
	Images      int64 `json:"images"`
	// Of video.
	Seconds int64 `json:"seconds"`
	// That were spoken.
	Characters int64 `json:"characters"`
	// That text models read and wrote.
	Tokens int64 `json:"tokens"`
	// What was charged.
	Credits Credits `json:"credits"`
}

// VerificationMethod is how a request is confirmed.
type VerificationMethod string

// The values of [VerificationMethod] that this version knows.
const (
	VerificationMethodMailedCode VerificationMethod = "mailed_code"
)

// VerifyDataRequest is the mailed code.
type VerifyDataRequest struct {
	// The code in the mail. Dashes and capitals don't matter.
	Code string `json:"code"`
}

// VerifyEmail is the attempt, and the mailed code.
type VerifyEmail struct {
	// What `auth.register` answered.
	Registration string `json:"registration"`
	// The code in the mail. Dashes and capitals don't matter.
	Code string `json:"code"`
}

// WebhookDelivery is one event on its way to one address, and what became of it.
type WebhookDelivery struct {
	ID DeliveryID `json:"id"`
	// The endpoint that it goes to; null when it goes to the `webhook_url` of a request.
	EndpointID *WebhookEndpointID `json:"endpoint_id"`
	// The `webhook_url` that it goes to; null when it goes to an endpoint, and once its subject
	// was erased.
	URL *string `json:"url"`
	// Also the `webhook-id` that was sent.
	EventID EventID   `json:"event_id"`
	Type    EventType `json:"type"`
	// The id of what the event happened to: a generation, batch, key, purchase or endpoint.
	Subject string         `json:"subject"`
	Status  DeliveryStatus `json:"status"`
	// How often it was sent.
	Attempts int64 `json:"attempts"`
	// Null once it was delivered or given up.
	NextAttemptAt *time.Time `json:"next_attempt_at"`
	LastAttemptAt *time.Time `json:"last_attempt_at"`
	// What your server answered last.
	StatusCode *int64 `json:"status_code"`
	// Why there was no answer, or why it was not sent.
	Error *string `json:"error"`
	// The beginning of what your server answered last; null without the scope that reads what the
	// event is about.
	ResponseExcerpt *string `json:"response_excerpt"`
	// How long the last attempt took.
	Milliseconds *int64     `json:"milliseconds"`
	CreatedAt    time.Time  `json:"created_at"`
	EndedAt      *time.Time `json:"ended_at"`
}

// WebhookEndpoint is an address of yours to which events are sent.
type WebhookEndpoint struct {
	ID          WebhookEndpointID `json:"id"`
	URL         string            `json:"url"`
	Description string            `json:"description"`
	// The types that are sent; empty: all.
	Events []EventType `json:"events"`
	// Whether it is sent anything.
	Enabled bool `json:"enabled"`
	// Why we disabled it: `failing`, after five days of nothing but failures, or `gone`, after it
	// answered 410.
	DisabledReason *string `json:"disabled_reason"`
	// Since when every attempt failed; null when the last one arrived.
	FailingSince *time.Time `json:"failing_since"`
	// Until when the secret before the present one signs too.
	OldSecretUntil *time.Time `json:"old_secret_until"`
	Livemode       bool       `json:"livemode"`
	CreatedAt      time.Time  `json:"created_at"`
}

// WebhookEndpointID begins with whe_.
type WebhookEndpointID string

// WebhookReplay is what was asked to be sent again.
type WebhookReplay struct {
	EndpointID WebhookEndpointID `json:"endpoint_id"`
	// The one event, if it is one.
	EventID *EventID   `json:"event_id"`
	After   *time.Time `json:"after"`
	Before  *time.Time `json:"before"`
}

// WebhookSecret is the secret that signs what is sent to the `webhook_url` of a request.
type WebhookSecret struct {
	// Verifies what you receive. Keep it where only your programs can read it.
	Secret string `json:"secret"`
	// Until when the secret before this one signs too; null if there was none.
	OldSecretUntil *time.Time `json:"old_secret_until"`
}
