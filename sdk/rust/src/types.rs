// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! What goes in and comes out.
//!
//! Inputs are made with `new`, which takes what is required, and setters for the rest. Fields
//! may be added in newer versions, so that structs cannot be made or matched exhaustively.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An account.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Account {
    pub id: AccountId,
    pub status: AccountStatus,
    /// As it was typed.
    pub email: Option<String>,
    pub email_verified_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

string_type! {
    /// Begins with `acc_`.
    pub struct AccountId;
}

open_enum! {
    /// Where an account stands.
    pub enum AccountStatus {
        /// `active`
        Active = "active",
        /// `erased`
        Erased = "erased",
    }
}

/// One thing that was done for a request.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ActionTaken {
    /// `exported`, `deleted`, `cleared` (kept without personal content), `kept`, `canceled` (it was
    /// under way) or `ended` (it could be used until then).
    pub action: DataAction,
    /// Which rows: what a table holds and what for stands in the archive of an access request.
    pub table: String,
    /// How many.
    pub count: u64,
    /// Why they are kept, where they are.
    pub why: Option<String>,
}

/// How far to move the clock.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AdvanceClock {
    /// An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the calendar from the
    /// sandbox's present. `PT0S` moves nothing and runs what is due.
    pub advance: String,
}

impl AdvanceClock {
    /// With what is required; the rest can be set one by one.
    pub fn new(advance: impl Into<String>) -> Self {
        Self {
            advance: advance.into(),
        }
    }
}

/// What to announce of a purchase.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AnnounceCheckout {
    pub outcome: CheckoutOutcome,
    /// The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
    /// event again, which changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl AnnounceCheckout {
    /// With what is required; the rest can be set one by one.
    pub fn new(outcome: impl Into<CheckoutOutcome>) -> Self {
        Self {
            outcome: outcome.into(),
            event: None,
        }
    }

    /// The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
    /// event again, which changes nothing.
    #[must_use]
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }
}

/// An API key, without its secret.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ApiKey {
    pub id: KeyId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub livemode: bool,
    /// The last four characters of the secret, to tell keys apart by.
    pub last_four: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// Exact to a minute or so.
    pub last_used_at: Option<Timestamp>,
}

/// The balances of your account in the key's mode. `granted` = `available` + `held` + `spent` +
/// `expired`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Balance {
    /// What can be spent now.
    pub available: Credits,
    /// Set aside for generations under way.
    pub held: Credits,
    /// All that was ever granted or bought, less refunds.
    pub granted: Credits,
    pub spent: Credits,
    pub expired: Credits,
    /// Always `credit`.
    pub unit: String,
    /// Whether these are live credits or test credits.
    pub livemode: bool,
}

open_enum! {
    /// When a model is charged.
    pub enum ChargePolicy {
        /// `on_success`
        OnSuccess = "on_success",
    }
}

open_enum! {
    /// What the payment processor says of a purchase.
    pub enum CheckoutOutcome {
        /// `paid`
        Paid = "paid",
        /// `failed`
        Failed = "failed",
        /// `pending`
        Pending = "pending",
        /// `refunded`
        Refunded = "refunded",
        /// `disputed`
        Disputed = "disputed",
    }
}

/// What a generation costs. `captured` is what was charged.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Cost {
    /// The most that it can cost.
    pub estimated: Credits,
    /// Set aside when it was admitted.
    pub held: Credits,
    /// Charged when it ended.
    pub captured: Credits,
    /// Given back when it ended.
    pub released: Credits,
    /// The price list that it was admitted under.
    pub price_version: String,
}

/// What you ask for.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateDataRequest {
    /// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
    pub r#type: DataRight,
    /// Anything that you want to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

impl CreateDataRequest {
    /// With what is required; the rest can be set one by one.
    pub fn new(r#type: impl Into<DataRight>) -> Self {
        Self {
            r#type: r#type.into(),
            statement: None,
        }
    }

    /// Anything that you want to say about it.
    #[must_use]
    pub fn statement(mut self, statement: impl Into<String>) -> Self {
        self.statement = Some(statement.into());
        self
    }
}

/// What to make, and under which conditions.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateGeneration {
    /// Id or alias of a model; `GET /v1/models` lists them.
    pub model: String,
    pub input: GenerationInput,
    /// Refuse the request if it could cost more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_cost: Option<Credits>,
    /// Expire, uncharged, what has not ended by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Timestamp>,
    /// ISO 3166 codes of the countries in which it may be processed; others are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<Vec<String>>,
    /// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
    /// filter by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_user: Option<String>,
    /// Keep the outputs beyond the operator's usual time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<bool>,
}

impl CreateGeneration {
    /// With what is required; the rest can be set one by one.
    pub fn new(model: impl Into<String>, input: GenerationInput) -> Self {
        Self {
            model: model.into(),
            input,
            max_cost: None,
            deadline: None,
            regions: None,
            metadata: None,
            end_user: None,
            saved: None,
        }
    }

    /// Refuse the request if it could cost more than this.
    #[must_use]
    pub fn max_cost(mut self, max_cost: impl Into<Credits>) -> Self {
        self.max_cost = Some(max_cost.into());
        self
    }

    /// Expire, uncharged, what has not ended by then.
    #[must_use]
    pub fn deadline(mut self, deadline: Timestamp) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// ISO 3166 codes of the countries in which it may be processed; others are refused.
    #[must_use]
    pub fn regions(mut self, regions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.regions = Some(regions.into_iter().map(Into::into).collect());
        self
    }

    /// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
    /// filter by it.
    #[must_use]
    pub fn metadata(
        mut self,
        metadata: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.metadata = Some(
            metadata
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
    #[must_use]
    pub fn end_user(mut self, end_user: impl Into<String>) -> Self {
        self.end_user = Some(end_user.into());
        self
    }

    /// Keep the outputs beyond the operator's usual time.
    #[must_use]
    pub fn saved(mut self, saved: bool) -> Self {
        self.saved = Some(saved);
        self
    }
}

/// An API key to make.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateKey {
    /// What the key is for, in your own words.
    pub name: String,
    /// What the key may do. With an API key you can give only scopes that it has itself.
    pub scopes: Vec<Scope>,
    /// Whether the key reaches paid providers and spends live credits. By default it is like the
    /// key that makes it; a session makes live keys, in a sandbox test keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub livemode: Option<bool>,
    /// When the key ends by itself. By default it ends with the key that makes it, or never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

impl CreateKey {
    /// With what is required; the rest can be set one by one.
    pub fn new(name: impl Into<String>, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
        Self {
            name: name.into(),
            scopes: scopes.into_iter().map(Into::into).collect(),
            livemode: None,
            expires_at: None,
        }
    }

    /// Whether the key reaches paid providers and spends live credits. By default it is like the
    /// key that makes it; a session makes live keys, in a sandbox test keys.
    #[must_use]
    pub fn livemode(mut self, livemode: bool) -> Self {
        self.livemode = Some(livemode);
        self
    }

    /// When the key ends by itself. By default it ends with the key that makes it, or never.
    #[must_use]
    pub fn expires_at(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }
}

/// What to buy, and where the buyer goes afterwards.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreatePurchase {
    /// The id of an offer: see `GET /v1/offers`.
    pub offer: String,
    /// Who takes the money. Absent: the operator's first choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processor: Option<String>,
    /// One of the currencies in which the offer is priced. Absent: that of its first price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Where the processor sends the buyer after paying: an `http` or `https` URL of yours. That
    /// someone arrives there proves no payment: ask for the purchase.
    pub success_url: String,
    /// Where the processor sends a buyer who turned back: an `http` or `https` URL of yours.
    pub cancel_url: String,
}

impl CreatePurchase {
    /// With what is required; the rest can be set one by one.
    pub fn new(
        offer: impl Into<String>,
        success_url: impl Into<String>,
        cancel_url: impl Into<String>,
    ) -> Self {
        Self {
            offer: offer.into(),
            success_url: success_url.into(),
            cancel_url: cancel_url.into(),
            processor: None,
            currency: None,
        }
    }

    /// Who takes the money. Absent: the operator's first choice.
    #[must_use]
    pub fn processor(mut self, processor: impl Into<String>) -> Self {
        self.processor = Some(processor.into());
        self
    }

    /// One of the currencies in which the offer is priced. Absent: that of its first price.
    #[must_use]
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.currency = Some(currency.into());
        self
    }
}

/// An API key with its secret. This is the only time that the secret is shown.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreatedKey {
    pub id: KeyId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub livemode: bool,
    /// What to send as `Authorization: Bearer`. Keep it where only your programs can read it.
    pub secret: String,
    /// The last four characters of the secret, to tell keys apart by.
    pub last_four: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

string_type! {
    /// An exact amount of credits as a decimal string with at most six decimals. Never parse it
    /// into a float.
    pub struct Credits;
}

open_enum! {
    /// What was done with rows of a table.
    pub enum DataAction {
        /// `exported`
        Exported = "exported",
        /// `deleted`
        Deleted = "deleted",
        /// `cleared`
        Cleared = "cleared",
        /// `kept`
        Kept = "kept",
        /// `canceled`
        Canceled = "canceled",
        /// `ended`
        Ended = "ended",
    }
}

/// The archive of an access request.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DataArchive {
    pub file_id: FileId,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the archive, in hex.
    pub sha256: String,
    /// Where to download it, with credentials.
    pub url: String,
    /// When it is removed.
    pub expires_at: Timestamp,
}

/// What was done for a request about personal data, and when. It names no person.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DataReceipt {
    /// The request's id.
    pub id: DataRequestId,
    pub r#type: DataRight,
    /// The account that it was about.
    pub account_id: AccountId,
    /// Who answers for the data.
    pub controller: String,
    /// Where they are reached.
    pub contact: String,
    pub received_at: Timestamp,
    pub verified_at: Timestamp,
    /// Until when it had to be fulfilled.
    pub due_at: Timestamp,
    pub fulfilled_at: Timestamp,
    /// What was done, table by table.
    pub actions: Vec<ActionTaken>,
    /// The fields above once more, signed: a JWS in compact form, with `alg` `EdDSA`. To verify it,
    /// take the key that `kid` names from `/.well-known/jwks.json` of this server; any JOSE library
    /// does it.
    pub jws: String,
}

/// A request about the personal data of your account.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DataRequest {
    pub id: DataRequestId,
    /// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
    pub r#type: DataRight,
    /// `awaiting_verification` until the mailed code is entered; `in_progress` until the work is
    /// done; then `fulfilled`. It is `withdrawn` or `expired` if it was never confirmed. More
    /// statuses may come.
    pub status: DataRequestStatus,
    /// What you wrote about it.
    pub statement: Option<String>,
    /// Why it was not fulfilled, where that needs words.
    pub reason: Option<String>,
    pub received_at: Timestamp,
    /// Until when it has to be fulfilled.
    pub due_at: Timestamp,
    /// When it was fulfilled, withdrawn or expired.
    pub ended_at: Option<Timestamp>,
    pub verification: DataVerification,
    /// What was done so far.
    pub actions: Vec<ActionTaken>,
    /// The archive, once an access request is fulfilled and until the archive expires.
    pub result: Option<DataArchive>,
    /// Opens the receipt once the request is fulfilled. The link needs no credentials and does not
    /// expire: keep it before you confirm an erasure, which ends all keys and sessions. Null for a
    /// request that ended unfulfilled.
    pub receipt: Option<String>,
    /// The mode of the credentials that made it, which are needed to see it. The request itself is
    /// about both modes.
    pub livemode: bool,
}

string_type! {
    /// Begins with `drr_`.
    pub struct DataRequestId;
}

open_enum! {
    /// Where a data-rights request stands.
    pub enum DataRequestStatus {
        /// `awaiting_verification`
        AwaitingVerification = "awaiting_verification",
        /// `in_progress`
        InProgress = "in_progress",
        /// `fulfilled`
        Fulfilled = "fulfilled",
        /// `withdrawn`
        Withdrawn = "withdrawn",
        /// `expired`
        Expired = "expired",
    }
}

open_enum! {
    /// The right that is exercised.
    pub enum DataRight {
        /// `access`
        Access = "access",
        /// `erasure`
        Erasure = "erasure",
    }
}

/// Whether and how a request was confirmed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DataVerification {
    pub method: VerificationMethod,
    /// Until when the code can be entered; null once the request waits for none.
    pub expires_at: Option<Timestamp>,
    pub verified_at: Option<Timestamp>,
}

open_enum! {
    /// The stable reason of an error. Decide by it, not by the words of `detail`.
    pub enum ErrorCode {
        /// `invalid_request`
        InvalidRequest = "invalid_request",
        /// `malformed_json`
        MalformedJson = "malformed_json",
        /// `invalid_cursor`
        InvalidCursor = "invalid_cursor",
        /// `unauthenticated`
        Unauthenticated = "unauthenticated",
        /// `insufficient_credits`
        InsufficientCredits = "insufficient_credits",
        /// `spend_cap_reached`
        SpendCapReached = "spend_cap_reached",
        /// `insufficient_scope`
        InsufficientScope = "insufficient_scope",
        /// `not_found`
        NotFound = "not_found",
        /// `method_not_allowed`
        MethodNotAllowed = "method_not_allowed",
        /// `request_timeout`
        RequestTimeout = "request_timeout",
        /// `conflict`
        Conflict = "conflict",
        /// `not_cancelable`
        NotCancelable = "not_cancelable",
        /// `nothing_to_refund`
        NothingToRefund = "nothing_to_refund",
        /// `idempotency_in_progress`
        IdempotencyInProgress = "idempotency_in_progress",
        /// `model_gone`
        ModelGone = "model_gone",
        /// `erased`
        Erased = "erased",
        /// `payload_too_large`
        PayloadTooLarge = "payload_too_large",
        /// `unsupported_media_type`
        UnsupportedMediaType = "unsupported_media_type",
        /// `range_not_satisfiable`
        RangeNotSatisfiable = "range_not_satisfiable",
        /// `invalid_input`
        InvalidInput = "invalid_input",
        /// `unknown_model`
        UnknownModel = "unknown_model",
        /// `unknown_offer`
        UnknownOffer = "unknown_offer",
        /// `region_not_allowed`
        RegionNotAllowed = "region_not_allowed",
        /// `max_cost_exceeded`
        MaxCostExceeded = "max_cost_exceeded",
        /// `idempotency_key_reused`
        IdempotencyKeyReused = "idempotency_key_reused",
        /// `code_invalid`
        CodeInvalid = "code_invalid",
        /// `rate_limited`
        RateLimited = "rate_limited",
        /// `concurrency_limit_reached`
        ConcurrencyLimitReached = "concurrency_limit_reached",
        /// `internal_error`
        InternalError = "internal_error",
        /// `unavailable`
        Unavailable = "unavailable",
        /// `outcome_unknown`
        OutcomeUnknown = "outcome_unknown",
    }
}

/// One thing that is wrong with the request.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FieldError {
    /// Where in the body: a JSON pointer (RFC 6901). The empty pointer is the whole body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which parameter or header, when it is not in the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What is wrong, in one stable word.
    pub code: String,
    /// What is wrong, in a sentence.
    pub detail: String,
}

string_type! {
    /// Begins with `file_`.
    pub struct FileId;
}

/// A file: what a generation made.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FileObject {
    pub id: FileId,
    pub purpose: FilePurpose,
    pub generation_id: Option<GenerationId>,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// How long it plays.
    pub seconds: Option<f64>,
    /// Opens the file without a key until `expires_at`.
    pub url: String,
    pub expires_at: Timestamp,
    pub livemode: bool,
    pub created_at: Timestamp,
}

open_enum! {
    /// Why a file is kept.
    pub enum FilePurpose {
        /// `output`
        Output = "output",
        /// `export`
        Export = "export",
    }
}

/// A generation: what was asked, where it stands, what it made and what it cost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Generation {
    pub id: GenerationId,
    pub kind: GenerationKind,
    pub status: GenerationStatus,
    pub model: ModelNames,
    /// The input with the model's defaults filled in; empty once erased.
    pub input: GenerationInput,
    /// What it made; empty unless it succeeded.
    pub outputs: Vec<Output>,
    /// What a text model answered.
    pub text: Option<String>,
    /// Hundredths of the way, as far as the provider tells.
    pub progress: i32,
    /// Why it failed or expired. A generation with an error is never charged.
    pub error: Option<GenerationError>,
    pub cost: Cost,
    pub provenance: Provenance,
    /// Your own data, as you sent it.
    pub metadata: BTreeMap<String, String>,
    /// Your own name for the person on whose behalf you asked.
    pub end_user: Option<String>,
    /// Whether its files are kept beyond the operator's usual time.
    pub saved: bool,
    /// The key that asked for it; null when a signed-in person did.
    pub key_id: Option<KeyId>,
    pub livemode: bool,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// It expires, uncharged, unless it ends before.
    pub deadline_at: Timestamp,
    pub cancel_requested_at: Option<Timestamp>,
    /// When its content was erased; what remains is kept for the books.
    pub erased_at: Option<Timestamp>,
}

/// Why a generation came to nothing.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GenerationError {
    /// Stable: `content_refused`, `provider_failed`, `provider_unavailable`,
    /// `provider_outcome_unknown`, `deadline_exceeded`, `model_gone` or `internal_error`.
    pub code: String,
    pub message: String,
}

string_type! {
    /// Begins with `gen_`.
    pub struct GenerationId;
}

/// What the model is given: one flat object. `GET /v1/models/{id}` says which of these fields a
/// model takes, and their bounds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GenerationInput {
    /// What to make, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// What to avoid, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negative_prompt: Option<String>,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
    /// Width and height in pixels, as in `1024x1024`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// As in `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// File format, as in `png`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The same seed and input make the same output, where the model can. One is chosen if you send
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// Length of a video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
    /// As in `720p`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// Whether a video has sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// Of speech; 1 is natural.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// The conversation so far, instead of a prompt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Message>>,
    /// Longest answer, in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// What only one model takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<BTreeMap<String, Value>>,
}

impl GenerationInput {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What to make, in words.
    #[must_use]
    pub fn prompt(mut self, prompt: impl Into<String>) -> Self {
        self.prompt = Some(prompt.into());
        self
    }

    /// What to avoid, in words.
    #[must_use]
    pub fn negative_prompt(mut self, negative_prompt: impl Into<String>) -> Self {
        self.negative_prompt = Some(negative_prompt.into());
        self
    }

    /// How many.
    #[must_use]
    pub fn n(mut self, n: i64) -> Self {
        self.n = Some(n);
        self
    }

    /// Width and height in pixels, as in `1024x1024`.
    #[must_use]
    pub fn size(mut self, size: impl Into<String>) -> Self {
        self.size = Some(size.into());
        self
    }

    /// As in `16:9`.
    #[must_use]
    pub fn aspect_ratio(mut self, aspect_ratio: impl Into<String>) -> Self {
        self.aspect_ratio = Some(aspect_ratio.into());
        self
    }

    #[must_use]
    pub fn quality(mut self, quality: impl Into<String>) -> Self {
        self.quality = Some(quality.into());
        self
    }

    /// File format, as in `png`.
    #[must_use]
    pub fn format(mut self, format: impl Into<String>) -> Self {
        self.format = Some(format.into());
        self
    }

    /// The same seed and input make the same output, where the model can. One is chosen if you send
    /// none.
    #[must_use]
    pub fn seed(mut self, seed: i64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Length of a video.
    #[must_use]
    pub fn seconds(mut self, seconds: i64) -> Self {
        self.seconds = Some(seconds);
        self
    }

    /// As in `720p`.
    #[must_use]
    pub fn resolution(mut self, resolution: impl Into<String>) -> Self {
        self.resolution = Some(resolution.into());
        self
    }

    /// Whether a video has sound.
    #[must_use]
    pub fn audio(mut self, audio: bool) -> Self {
        self.audio = Some(audio);
        self
    }

    #[must_use]
    pub fn voice(mut self, voice: impl Into<String>) -> Self {
        self.voice = Some(voice.into());
        self
    }

    /// Of speech; 1 is natural.
    #[must_use]
    pub fn speed(mut self, speed: f64) -> Self {
        self.speed = Some(speed);
        self
    }

    /// The conversation so far, instead of a prompt.
    #[must_use]
    pub fn messages(mut self, messages: impl IntoIterator<Item = Message>) -> Self {
        self.messages = Some(messages.into_iter().collect());
        self
    }

    /// Longest answer, in tokens.
    #[must_use]
    pub fn max_tokens(mut self, max_tokens: i64) -> Self {
        self.max_tokens = Some(max_tokens);
        self
    }

    #[must_use]
    pub fn temperature(mut self, temperature: f64) -> Self {
        self.temperature = Some(temperature);
        self
    }

    /// What only one model takes.
    #[must_use]
    pub fn extra(mut self, extra: impl IntoIterator<Item = (impl Into<String>, impl Into<Value>)>) -> Self {
        self.extra = Some(
            extra
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

open_enum! {
    /// What a model makes.
    pub enum GenerationKind {
        /// `image`
        Image = "image",
        /// `video`
        Video = "video",
        /// `speech`
        Speech = "speech",
        /// `text`
        Text = "text",
    }
}

open_enum! {
    /// Where a generation stands. `queued` and `running` move on; the others are ends.
    ///
    /// - `queued`: It waits for its turn.
    /// - `running`: The provider is at work.
    /// - `succeeded`: Its outputs are there, and it is paid for.
    /// - `failed`: It could not be made; it costs nothing.
    /// - `canceled`: It was called off.
    /// - `expired`: It was not ready by its deadline; it costs nothing.
    pub enum GenerationStatus {
        /// It waits for its turn.
        Queued = "queued",
        /// The provider is at work.
        Running = "running",
        /// Its outputs are there, and it is paid for.
        Succeeded = "succeeded",
        /// It could not be made; it costs nothing.
        Failed = "failed",
        /// It was called off.
        Canceled = "canceled",
        /// It was not ready by its deadline; it costs nothing.
        Expired = "expired",
    }
}

/// A lot of credits. Lots are spent by priority, then by expiry, then by age.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Grant {
    pub id: LotId,
    pub source: GrantSource,
    pub reason: String,
    /// Smaller is spent first.
    pub priority: i32,
    pub granted: Credits,
    /// What can be spent now.
    pub remaining: Credits,
    pub held: Credits,
    pub spent: Credits,
    pub expired: Credits,
    pub refunded: Credits,
    pub purchase_id: Option<PurchaseId>,
    pub created_at: Timestamp,
    /// Null: never.
    pub expires_at: Option<Timestamp>,
}

open_enum! {
    /// Where a lot of credits came from.
    pub enum GrantSource {
        /// `grant`
        Grant = "grant",
        /// `purchase`
        Purchase = "purchase",
    }
}

string_type! {
    /// Begins with `key_`.
    pub struct KeyId;
}

open_enum! {
    /// The balance that an amount leaves or enters.
    pub enum LedgerBook {
        /// `issued`
        Issued = "issued",
        /// `available`
        Available = "available",
        /// `held`
        Held = "held",
        /// `spent`
        Spent = "spent",
        /// `expired`
        Expired = "expired",
    }
}

/// A line of the ledger: an amount moved from one balance to another. Lines are never changed or
/// removed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LedgerEntry {
    pub id: LedgerEntryId,
    pub kind: LedgerEntryKind,
    /// The balance that the amount left.
    pub source: LedgerBook,
    /// The balance that it entered.
    pub destination: LedgerBook,
    pub amount: Credits,
    /// What could be spent afterwards.
    pub available_after: Credits,
    /// What was set aside afterwards.
    pub held_after: Credits,
    pub generation_id: Option<GenerationId>,
    pub purchase_id: Option<PurchaseId>,
    pub grant_id: Option<LotId>,
    pub created_at: Timestamp,
}

string_type! {
    /// Begins with `led_`.
    pub struct LedgerEntryId;
}

open_enum! {
    /// What moved the credits.
    pub enum LedgerEntryKind {
        /// `grant`
        Grant = "grant",
        /// `purchase`
        Purchase = "purchase",
        /// `hold`
        Hold = "hold",
        /// `capture`
        Capture = "capture",
        /// `release`
        Release = "release",
        /// `refund`
        Refund = "refund",
        /// `expire`
        Expire = "expire",
        /// `adjust`
        Adjust = "adjust",
    }
}

/// Who wants to sign in.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Login {
    pub email: String,
    pub password: String,
}

impl Login {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: password.into(),
        }
    }
}

string_type! {
    /// Begins with `lot_`.
    pub struct LotId;
}

string_type! {
    /// Begins with `mail_`.
    pub struct MailId;
}

/// A turn of a conversation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Message {
    pub role: MessageRole,
    pub content: String,
}

impl Message {
    /// With what is required; the rest can be set one by one.
    pub fn new(role: impl Into<MessageRole>, content: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            content: content.into(),
        }
    }
}

open_enum! {
    /// Who speaks.
    pub enum MessageRole {
        /// `system`
        System = "system",
        /// `user`
        User = "user",
        /// `assistant`
        Assistant = "assistant",
    }
}

/// A model that you can generate with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Model {
    /// What to send as `model`.
    pub id: String,
    pub kind: GenerationKind,
    pub display_name: String,
    pub description: String,
    /// Who runs it.
    pub provider: String,
    pub processing: Processing,
    /// JSON Schema 2020-12 of `input`: the very document that requests are checked against.
    pub input_schema: BTreeMap<String, Value>,
    pub pricing: Vec<Price>,
    /// The price list; a generation keeps the one that it was admitted under.
    pub price_version: String,
    pub charge_policy: ChargePolicy,
    /// Whether it can be stopped once it runs.
    pub cancelable: bool,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// After so many seconds a generation expires, uncharged.
    pub timeout_seconds: u64,
}

/// The model by the name that was asked for, and the one that ran.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ModelNames {
    /// An id or alias.
    pub asked: String,
    pub resolved: String,
}

/// All models.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Models {
    pub data: Vec<Model>,
}

/// An amount of money in the minor unit of its currency: `{"amount": 900, "currency": "EUR"}` is
/// nine euros.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Money {
    /// Whole minor units: cents of EUR, yen of JPY.
    pub amount: i64,
    /// ISO 4217 code in capitals.
    pub currency: String,
}

/// A pack of credits for sale.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Offer {
    /// What `POST /v1/purchases` takes as `offer`.
    pub id: String,
    pub display_name: String,
    /// How many credits it brings.
    pub credits: Credits,
    /// One price a currency. The first is taken where a purchase names no currency.
    pub prices: Vec<Money>,
    /// How long the credits last from payment on, as an ISO 8601 period. Null: they don't expire.
    pub lasts: Option<String>,
}

/// Mails, newest first.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Outbox {
    pub data: Vec<OutboxMail>,
}

/// A mail that a real server would have sent.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OutboxMail {
    pub id: MailId,
    /// Which text it is: `verify_email`.
    pub template: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub created_at: Timestamp,
    /// Null while it waits to be sent.
    pub sent_at: Option<Timestamp>,
}

/// A file that a generation made.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Output {
    pub file_id: FileId,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// How long it plays.
    pub seconds: Option<f64>,
    /// Opens the file without a key until `expires_at`. Ask for the generation again to get a new
    /// link.
    pub url: String,
    pub expires_at: Timestamp,
}

/// A line of a price: so many credits a unit, times the factors that the input picks.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Price {
    pub unit: PriceUnit,
    /// For one unit.
    pub credits: Credits,
    /// Input field, value, factor.
    pub multipliers: BTreeMap<String, BTreeMap<String, Credits>>,
}

open_enum! {
    /// What a price counts.
    pub enum PriceUnit {
        /// `image`
        Image = "image",
        /// `second`
        Second = "second",
        /// `1000_characters`
        Characters1000 = "1000_characters",
        /// `1000_tokens`
        Tokens1000 = "1000_tokens",
    }
}

/// An error, as RFC 9457 wants it. More members may follow, by the code: `required`, `available`,
/// `replaced_by`…
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// A page that explains this kind of error.
    pub r#type: String,
    /// What happened, in words that never change.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    pub code: ErrorCode,
    /// Tell us this when you ask for help.
    pub request_id: String,
    /// What is wrong with the request, one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// Further members, by the case.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, Value>,
}

/// Where a model's input is processed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Processing {
    /// ISO 3166 codes; `ZZ` is this server itself.
    pub countries: Vec<String>,
    /// What makes the transfer there lawful.
    pub mechanism: String,
}

/// Where the outputs come from.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Provenance {
    /// Always true: what this API returns was made by a machine.
    pub ai_generated: bool,
    /// Who ran the model; null once the model is no longer offered.
    pub provider: Option<String>,
    /// Where it was processed: ISO 3166 codes; `ZZ` is this server itself.
    pub countries: Vec<String>,
}

/// A purchase of credits, from its checkout to its payment or refund.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Purchase {
    pub id: PurchaseId,
    /// The offer that was bought. It may have been withdrawn since.
    pub offer: String,
    /// Who takes the money.
    pub processor: String,
    /// `pending` until the processor tells of a payment; credits come with `paid`. A `failed`
    /// payment may be tried again at the same checkout. `refunding` until the processor has
    /// returned the money. While a payment is `disputed`, what is left of its credits is taken
    /// back.
    pub status: PurchaseStatus,
    pub price: Money,
    pub credits: Credits,
    /// Where the buyer pays: send them there. Null if the processor has opened no checkout.
    pub checkout_url: Option<String>,
    /// Where the processor sends the buyer afterwards. That someone arrives there proves no
    /// payment: ask for the purchase.
    pub success_url: String,
    /// Where the processor sends a buyer who turned back.
    pub cancel_url: String,
    /// Whether it brings live or test credits: as the credentials that made it.
    pub livemode: bool,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub refunded_at: Option<Timestamp>,
}

string_type! {
    /// Begins with `pur_`.
    pub struct PurchaseId;
}

/// What was bought, from whom and for how much.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PurchaseReceipt {
    /// The receipt's number: unique, and the same whenever you ask.
    pub number: String,
    pub purchase: PurchaseId,
    /// Who sold it.
    pub seller: String,
    /// What was sold.
    pub description: String,
    pub credits: Credits,
    /// What was paid.
    pub price: Money,
    /// Who took the money.
    pub processor: String,
    /// Nothing was really sold where this is false.
    pub livemode: bool,
    /// When it was paid.
    pub paid_at: Timestamp,
    /// When the money was returned; null if it was not.
    pub refunded_at: Option<Timestamp>,
}

open_enum! {
    /// Where a purchase stands.
    pub enum PurchaseStatus {
        /// `pending`
        Pending = "pending",
        /// `paid`
        Paid = "paid",
        /// `failed`
        Failed = "failed",
        /// `refunding`
        Refunding = "refunding",
        /// `refunded`
        Refunded = "refunded",
        /// `disputed`
        Disputed = "disputed",
    }
}

/// Who wants to sign up.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Register {
    /// A mail address that you can read.
    pub email: String,
    /// 8 to 128 characters, of any kind.
    pub password: String,
}

impl Register {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: password.into(),
        }
    }
}

/// What happens next. It is the same for every address.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Registration {
    /// The address that a mail is on its way to.
    pub email: String,
    /// Until when the code in it can be used.
    pub code_expires_at: Timestamp,
}

/// What time it is in the sandbox.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SandboxClock {
    pub now: Timestamp,
}

open_enum! {
    /// One thing that a key may do.
    pub enum Scope {
        /// `generations:read`
        GenerationsRead = "generations:read",
        /// `generations:write`
        GenerationsWrite = "generations:write",
        /// `files:read`
        FilesRead = "files:read",
        /// `files:write`
        FilesWrite = "files:write",
        /// `credits:read`
        CreditsRead = "credits:read",
        /// `credits:write`
        CreditsWrite = "credits:write",
        /// `usage:read`
        UsageRead = "usage:read",
        /// `usage:write`
        UsageWrite = "usage:write",
        /// `keys:read`
        KeysRead = "keys:read",
        /// `keys:write`
        KeysWrite = "keys:write",
        /// `webhooks:read`
        WebhooksRead = "webhooks:read",
        /// `webhooks:write`
        WebhooksWrite = "webhooks:write",
        /// `purchases:read`
        PurchasesRead = "purchases:read",
        /// `purchases:write`
        PurchasesWrite = "purchases:write",
        /// `data_rights:read`
        DataRightsRead = "data_rights:read",
        /// `data_rights:write`
        DataRightsWrite = "data_rights:write",
    }
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Session {
    /// Send it as `Authorization: Bearer`. It has every scope and acts on live data, in a sandbox
    /// on test data.
    pub access_token: String,
    pub token_type: TokenType,
    /// Seconds until the session ends.
    pub expires_in: u64,
    pub account_id: AccountId,
}

open_enum! {
    /// How an access token is sent.
    pub enum TokenType {
        /// `Bearer`
        Bearer = "Bearer",
    }
}

open_enum! {
    /// How a request is confirmed.
    pub enum VerificationMethod {
        /// `mailed_code`
        MailedCode = "mailed_code",
    }
}

/// The mailed code.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct VerifyDataRequest {
    /// The eight digits of the mail.
    pub code: String,
}

impl VerifyDataRequest {
    /// With what is required; the rest can be set one by one.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }
}

/// The mailed code.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct VerifyEmail {
    pub email: String,
    /// The eight digits of the mail.
    pub code: String,
}

impl VerifyEmail {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            code: code.into(),
        }
    }
}
