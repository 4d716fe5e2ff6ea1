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
	CreatedAt       time.Time  `json:"created_at"`
}

// AccountID begins with acc_.
type AccountID string

// AccountStatus is where an account stands.
type AccountStatus string

// The values of [AccountStatus] that this version knows.
const (
	AccountStatusActive AccountStatus = "active"
	AccountStatusErased AccountStatus = "erased"
)

// ActionTaken is one thing that was done for a request.
type ActionTaken struct {
	// `exported`, `deleted`, `cleared` (kept without personal content), `kept`, `canceled` (it was
	// under way) or `ended` (it could be used until then).
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

// AnnounceCheckout is what to announce of a purchase.
type AnnounceCheckout struct {
	Outcome CheckoutOutcome `json:"outcome"`
	// The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
	// event again, which changes nothing.
	Event string `json:"event,omitzero"`
}

// APIKey is an API key, without its secret.
type APIKey struct {
	ID       KeyID   `json:"id"`
	Name     string  `json:"name"`
	Scopes   []Scope `json:"scopes"`
	Livemode bool    `json:"livemode"`
	// The last four characters of the secret, to tell keys apart by.
	LastFour  string     `json:"last_four"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt *time.Time `json:"expires_at"`
	RevokedAt *time.Time `json:"revoked_at"`
	// Exact to a minute or so.
	LastUsedAt *time.Time `json:"last_used_at"`
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
	CheckoutOutcomePaid     CheckoutOutcome = "paid"
	CheckoutOutcomeFailed   CheckoutOutcome = "failed"
	CheckoutOutcomePending  CheckoutOutcome = "pending"
	CheckoutOutcomeRefunded CheckoutOutcome = "refunded"
	CheckoutOutcomeDisputed CheckoutOutcome = "disputed"
)

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

// CreateDataRequest is what you ask for.
type CreateDataRequest struct {
	// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
	Type DataRight `json:"type"`
	// Anything that you want to say about it.
	Statement string `json:"statement,omitzero"`
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
	// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
	// filter by it.
	Metadata map[string]string `json:"metadata,omitzero"`
	// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
	EndUser string `json:"end_user,omitzero"`
	// Keep the outputs beyond the operator's usual time.
	Saved *bool `json:"saved,omitzero"`
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
	// When the key ends by itself. By default it ends with the key that makes it, or never.
	ExpiresAt time.Time `json:"expires_at,omitzero"`
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

// CreatedKey is an API key with its secret. This is the only time that the secret is shown.
type CreatedKey struct {
	ID       KeyID   `json:"id"`
	Name     string  `json:"name"`
	Scopes   []Scope `json:"scopes"`
	Livemode bool    `json:"livemode"`
	// What to send as `Authorization: Bearer`. Keep it where only your programs can read it.
	Secret string `json:"secret"`
	// The last four characters of the secret, to tell keys apart by.
	LastFour  string     `json:"last_four"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt *time.Time `json:"expires_at"`
}

// Credits is an exact amount of credits as a decimal string with at most six decimals. Never parse
// it into a float.
type Credits string

// DataAction is what was done with rows of a table.
type DataAction string

// The values of [DataAction] that this version knows.
const (
	DataActionExported DataAction = "exported"
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
	DueAt       time.Time `json:"due_at"`
	FulfilledAt time.Time `json:"fulfilled_at"`
	// What was done, table by table.
	Actions []ActionTaken `json:"actions"`
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
	// done; then `fulfilled`. It is `withdrawn` or `expired` if it was never confirmed. More
	// statuses may come.
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
	// The archive, once an access request is fulfilled and until the archive expires.
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

// ErrorCode is the stable reason of an error. Decide by it, not by the words of `detail`.
type ErrorCode string

// The values of [ErrorCode] that this version knows.
const (
	ErrorCodeInvalidRequest          ErrorCode = "invalid_request"
	ErrorCodeMalformedJSON           ErrorCode = "malformed_json"
	ErrorCodeInvalidCursor           ErrorCode = "invalid_cursor"
	ErrorCodeUnauthenticated         ErrorCode = "unauthenticated"
	ErrorCodeInsufficientCredits     ErrorCode = "insufficient_credits"
	ErrorCodeSpendCapReached         ErrorCode = "spend_cap_reached"
	ErrorCodeInsufficientScope       ErrorCode = "insufficient_scope"
	ErrorCodeNotFound                ErrorCode = "not_found"
	ErrorCodeMethodNotAllowed        ErrorCode = "method_not_allowed"
	ErrorCodeRequestTimeout          ErrorCode = "request_timeout"
	ErrorCodeConflict                ErrorCode = "conflict"
	ErrorCodeNotCancelable           ErrorCode = "not_cancelable"
	ErrorCodeNothingToRefund         ErrorCode = "nothing_to_refund"
	ErrorCodeIdempotencyInProgress   ErrorCode = "idempotency_in_progress"
	ErrorCodeModelGone               ErrorCode = "model_gone"
	ErrorCodeErased                  ErrorCode = "erased"
	ErrorCodePayloadTooLarge         ErrorCode = "payload_too_large"
	ErrorCodeUnsupportedMediaType    ErrorCode = "unsupported_media_type"
	ErrorCodeRangeNotSatisfiable     ErrorCode = "range_not_satisfiable"
	ErrorCodeInvalidInput            ErrorCode = "invalid_input"
	ErrorCodeUnknownModel            ErrorCode = "unknown_model"
	ErrorCodeUnknownOffer            ErrorCode = "unknown_offer"
	ErrorCodeRegionNotAllowed        ErrorCode = "region_not_allowed"
	ErrorCodeMaxCostExceeded         ErrorCode = "max_cost_exceeded"
	ErrorCodeIdempotencyKeyReused    ErrorCode = "idempotency_key_reused"
	ErrorCodeCodeInvalid             ErrorCode = "code_invalid"
	ErrorCodeRateLimited             ErrorCode = "rate_limited"
	ErrorCodeConcurrencyLimitReached ErrorCode = "concurrency_limit_reached"
	ErrorCodeInternalError           ErrorCode = "internal_error"
	ErrorCodeUnavailable             ErrorCode = "unavailable"
	ErrorCodeOutcomeUnknown          ErrorCode = "outcome_unknown"
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

// Generation is a generation: what was asked, where it stands, what it made and what it cost.
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
	KeyID     *KeyID     `json:"key_id"`
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

// KeyID begins with key_.
type KeyID string

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
	PurchaseID   *PurchaseID   `json:"purchase_id"`
	GrantID      *LotID        `json:"grant_id"`
	CreatedAt    time.Time     `json:"created_at"`
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

// Login is who wants to sign in.
type Login struct {
	Email    string `json:"email"`
	Password string `json:"password"`
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
	// Other names for it.
	Aliases []string `json:"aliases"`
	// After so many seconds a generation expires, uncharged.
	TimeoutSeconds int64 `json:"timeout_seconds"`
}

// ModelNames is the model by the name that was asked for, and the one that ran.
type ModelNames struct {
	// An id or alias.
	Asked    string `json:"asked"`
	Resolved string `json:"resolved"`
}

// Models: All models.
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

// Outbox: Mails, newest first.
type Outbox struct {
	Data []OutboxMail `json:"data"`
}

// OutboxMail is a mail that a real server would have sent.
type OutboxMail struct {
	ID MailID `json:"id"`
	// Which text it is: `verify_email`.
	Template  string    `json:"template"`
	To        string    `json:"to"`
	Subject   string    `json:"subject"`
	Text      string    `json:"text"`
	CreatedAt time.Time `json:"created_at"`
	// Null while it waits to be sent.
	SentAt *time.Time `json:"sent_at"`
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
	// What makes the transfer there lawful.
	Mechanism string `json:"mechanism"`
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
	// back.
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
	Livemode   bool       `json:"livemode"`
	CreatedAt  time.Time  `json:"created_at"`
	PaidAt     *time.Time `json:"paid_at"`
	RefundedAt *time.Time `json:"refunded_at"`
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
	// When the money was returned; null if it was not.
	RefundedAt *time.Time `json:"refunded_at"`
}

// PurchaseStatus is where a purchase stands.
type PurchaseStatus string

// The values of [PurchaseStatus] that this version knows.
const (
	PurchaseStatusPending   PurchaseStatus = "pending"
	PurchaseStatusPaid      PurchaseStatus = "paid"
	PurchaseStatusFailed    PurchaseStatus = "failed"
	PurchaseStatusRefunding PurchaseStatus = "refunding"
	PurchaseStatusRefunded  PurchaseStatus = "refunded"
	PurchaseStatusDisputed  PurchaseStatus = "disputed"
)

// Register is who wants to sign up.
type Register struct {
	// A mail address that you can read.
	Email string `json:"email"`
	// 8 to 128 characters, of any kind.
	Password string `json:"password"`
}

// Registration is what happens next. It is the same for every address.
type Registration struct {
	// The address that a mail is on its way to.
	Email string `json:"email"`
	// Until when the code in it can be used.
	CodeExpiresAt time.Time `json:"code_expires_at"`
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
	// Seconds until the session ends.
	ExpiresIn int64     `json:"expires_in"`
	AccountID AccountID `json:"account_id"`
}

// TokenType is how an access token is sent.
type TokenType string

// The values of [TokenType] that this version knows.
const (
	TokenTypeBearer TokenType = "Bearer"
)

// VerificationMethod is how a request is confirmed.
type VerificationMethod string

// The values of [VerificationMethod] that this version knows.
const (
	VerificationMethodMailedCode VerificationMethod = "mailed_code"
)

// VerifyDataRequest is the mailed code.
type VerifyDataRequest struct {
	// The eight digits of the mail.
	Code string `json:"code"`
}

// VerifyEmail is the mailed code.
type VerifyEmail struct {
	Email string `json:"email"`
	// The eight digits of the mail.
	Code string `json:"code"`
}
