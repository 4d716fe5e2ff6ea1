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
    /// What its owner wants to be called, if this service keeps names.
    pub display_name: Option<String>,
    /// Of its mails; null: the service's own.
    pub language: Option<String>,
    /// Its owner said to be at least so old. Nothing else of the age is kept.
    pub age_confirmed: Option<i32>,
    /// The version of the policy that its owner accepted last.
    pub policy_accepted: Option<String>,
    pub policy_accepted_at: Option<Timestamp>,
    /// What its owner still has to answer, by `account.agree`, before the account may do anything.
    /// Mostly empty.
    pub pending: Vec<SignUpRequirement>,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// Until when a closed account can be opened again with `account.reactivate`.
    pub reopen_until: Option<Timestamp>,
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
        /// `closed`
        Closed = "closed",
        /// `erased`
        Erased = "erased",
    }
}

/// One thing that was done for a request.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ActionTaken {
    /// `exported`, `missing` (it should have been exported and we could not), `deleted`, `cleared`
    /// (kept without personal content), `kept`, `canceled` (it was under way) or `ended` (it could
    /// be used until then).
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

open_enum! {
    /// How people are asked for their age.
    pub enum AgeQuestion {
        /// `confirmation`
        Confirmation = "confirmation",
        /// `birth_date`
        BirthDate = "birth_date",
    }
}

/// The age from which people may sign up.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AgeRequirement {
    /// In years, for people in the country that you named.
    pub minimum_age: u8,
    pub ask: AgeQuestion,
}

/// What the person answered; what is not asked need not be sent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Agreement {
    /// The day of birth. Looked at, and not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// "I am at least so old."
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_age: Option<u8>,
    /// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The version of the policy that the person accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_policy: Option<String>,
}

impl Agreement {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The day of birth. Looked at, and not kept.
    #[must_use]
    pub fn birth_date(mut self, birth_date: impl Into<String>) -> Self {
        self.birth_date = Some(birth_date.into());
        self
    }

    /// "I am at least so old."
    #[must_use]
    pub fn confirmed_age(mut self, confirmed_age: u8) -> Self {
        self.confirmed_age = Some(confirmed_age);
        self
    }

    /// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
    #[must_use]
    pub fn country(mut self, country: impl Into<String>) -> Self {
        self.country = Some(country.into());
        self
    }

    /// The version of the policy that the person accepts.
    #[must_use]
    pub fn accepted_policy(mut self, accepted_policy: impl Into<String>) -> Self {
        self.accepted_policy = Some(accepted_policy.into());
        self
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
    /// Which dispute it is about, by an id of the processor's. Absent: the purchase's only one. A
    /// dispute that is settled stays so; another id opens another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<String>,
}

impl AnnounceCheckout {
    /// With what is required; the rest can be set one by one.
    pub fn new(outcome: impl Into<CheckoutOutcome>) -> Self {
        Self {
            outcome: outcome.into(),
            event: None,
            dispute: None,
        }
    }

    /// The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
    /// event again, which changes nothing.
    #[must_use]
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// Which dispute it is about, by an id of the processor's. Absent: the purchase's only one. A
    /// dispute that is settled stays so; another id opens another.
    #[must_use]
    pub fn dispute(mut self, dispute: impl Into<String>) -> Self {
        self.dispute = Some(dispute.into());
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
    /// The secret before, if it was rotated and is still good.
    pub old_secret: Option<OldSecret>,
    /// The ids of the only models that it may ask for; null: any.
    pub models: Option<Vec<String>>,
    /// The only addresses and networks that it may be used from; null: any.
    pub ip_allow: Option<Vec<String>>,
    /// What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
    /// directly or not, hold for it too.
    pub caps: Vec<KeyCap>,
    pub rate: KeyRate,
    /// What its generations cost in all, and those of the keys that it made.
    pub spent: Credits,
    /// Its generations that have not ended, but for those of batches that wait for their turn.
    pub in_flight: i64,
    pub created_at: Timestamp,
    /// The key that made it; null when a signed-in person or the operator did, or when that was not
    /// written down yet.
    pub created_by: Option<KeyId>,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// Exact to a minute or so.
    pub last_used_at: Option<Timestamp>,
}

/// A multiplier that the input picked.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AppliedMultiplier {
    /// A field of the input.
    pub field: String,
    pub value: String,
    pub factor: Credits,
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

/// Many generations that were asked for at once: how far they are and what they cost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Batch {
    pub id: BatchId,
    pub status: BatchStatus,
    pub counts: BatchCounts,
    /// Hundredths of its generations that have ended.
    pub progress: i32,
    pub cost: BatchCost,
    /// Your own data, as you sent it; empty for a key without the scope `generations:read`.
    pub metadata: BTreeMap<String, String>,
    /// The key that asked for it; null when a signed-in person did.
    pub key_id: Option<KeyId>,
    pub livemode: bool,
    pub created_at: Timestamp,
    pub cancel_requested_at: Option<Timestamp>,
    /// When the last of its generations ended.
    pub ended_at: Option<Timestamp>,
}

/// What a batch costs. `captured` is what was charged so far.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchCost {
    /// Set aside when it was accepted, with one entry in the ledger: the most that it can cost.
    pub held: Credits,
    /// Charged for what has ended.
    pub captured: Credits,
    /// Given back by what has ended.
    pub released: Credits,
}

/// How many of a batch's generations are in which state.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchCounts {
    pub total: i32,
    pub queued: i32,
    pub running: i32,
    pub succeeded: i32,
    pub failed: i32,
    pub canceled: i32,
    pub expired: i32,
}

/// One of a batch.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchGeneration {
    /// Your own name for it, which comes back with its result. No two of a batch may have the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
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
    /// An `https` address to which this generation's events are sent, besides your endpoints;
    /// signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    /// `generations:read`, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// The types that `webhook_url` is sent; how it ended, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_events: Option<Vec<EventType>>,
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
    /// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
    /// are by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate_id: Option<EstimateId>,
}

impl BatchGeneration {
    /// With what is required; the rest can be set one by one.
    pub fn new(model: impl Into<String>, input: GenerationInput) -> Self {
        Self {
            model: model.into(),
            input,
            reference: None,
            max_cost: None,
            deadline: None,
            regions: None,
            webhook_url: None,
            webhook_events: None,
            metadata: None,
            end_user: None,
            saved: None,
            estimate_id: None,
        }
    }

    /// Your own name for it, which comes back with its result. No two of a batch may have the same.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
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

    /// An `https` address to which this generation's events are sent, besides your endpoints;
    /// signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    /// `generations:read`, too.
    #[must_use]
    pub fn webhook_url(mut self, webhook_url: impl Into<String>) -> Self {
        self.webhook_url = Some(webhook_url.into());
        self
    }

    /// The types that `webhook_url` is sent; how it ended, if absent.
    #[must_use]
    pub fn webhook_events(mut self, webhook_events: impl IntoIterator<Item = impl Into<EventType>>) -> Self {
        self.webhook_events = Some(webhook_events.into_iter().map(Into::into).collect());
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

    /// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
    /// are by now.
    #[must_use]
    pub fn estimate_id(mut self, estimate_id: impl Into<EstimateId>) -> Self {
        self.estimate_id = Some(estimate_id.into());
        self
    }
}

string_type! {
    /// Begins with `bat_`.
    pub struct BatchId;
}

/// What became of one generation of a batch.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchResult {
    /// Its place in the request, from 0.
    pub position: i32,
    /// Your own name for it.
    pub reference: Option<String>,
    pub generation: Generation,
}

/// How a batch ended, without what its generations made: ask for its results.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchSnapshot {
    pub id: BatchId,
    /// `ended`.
    pub status: String,
    pub counts: BatchSnapshotCounts,
    pub cost: BatchSnapshotCost,
    /// Your own data; null where it is too long to be sent.
    pub metadata: Option<BTreeMap<String, String>>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Present where something was left out: ask for the batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// What a batch cost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchSnapshotCost {
    /// What was set aside for it.
    pub held: Credits,
    /// What was charged.
    pub captured: Credits,
    /// What was given back.
    pub released: Credits,
}

/// How many of a batch's generations ended how.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchSnapshotCounts {
    pub total: i32,
    pub succeeded: i32,
    pub failed: i32,
    pub canceled: i32,
    pub expired: i32,
}

open_enum! {
    /// Where a batch stands.
    pub enum BatchStatus {
        /// `running`
        Running = "running",
        /// `canceling`
        Canceling = "canceling",
        /// `ended`
        Ended = "ended",
    }
}

/// What is told of a batch.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BatchWebhook {
    pub r#type: EventType,
    pub timestamp: Timestamp,
    pub data: BatchSnapshot,
}

/// A provider to link to your account.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BeginLink {
    /// The provider's name.
    pub provider: String,
    /// Where the browser comes back to; one that the operator allows.
    pub redirect_uri: String,
    /// The SHA-256 of a random `code_verifier`, in URL-safe base64 without padding (RFC 7636,
    /// S256).
    pub code_challenge: String,
    /// Comes back to your app as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

impl BeginLink {
    /// With what is required; the rest can be set one by one.
    pub fn new(
        provider: impl Into<String>,
        redirect_uri: impl Into<String>,
        code_challenge: impl Into<String>,
    ) -> Self {
        Self {
            provider: provider.into(),
            redirect_uri: redirect_uri.into(),
            code_challenge: code_challenge.into(),
            state: None,
        }
    }

    /// Comes back to your app as it is.
    #[must_use]
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }
}

/// Why a generation would be refused, as the error of the request would say it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Blocker {
    pub code: ErrorCode,
    /// What to do about it.
    pub detail: String,
    /// What is wrong with the generation, one by one; pointers begin at its own body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// What else the error would say: `required`, `available`, `replaced_by`…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<BTreeMap<String, Value>>,
}

/// The most that a key may spend in a period.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CapLimit {
    pub period: CapPeriod,
    pub limit: Credits,
}

impl CapLimit {
    /// With what is required; the rest can be set one by one.
    pub fn new(period: impl Into<CapPeriod>, limit: impl Into<Credits>) -> Self {
        Self {
            period: period.into(),
            limit: limit.into(),
        }
    }
}

open_enum! {
    /// How long a cap holds before it begins anew. Days, weeks (from Monday) and months are those
    /// of UTC.
    pub enum CapPeriod {
        /// `day`
        Day = "day",
        /// `week`
        Week = "week",
        /// `month`
        Month = "month",
        /// `lifetime`
        Lifetime = "lifetime",
    }
}

/// Another mail address.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChangeEmail {
    /// A mail address that you can read.
    pub email: String,
}

impl ChangeEmail {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>) -> Self {
        Self { email: email.into() }
    }
}

/// The password up to now, and the one from now on.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChangePassword {
    pub current_password: String,
    /// 8 to 128 characters, of any kind. What everyone would guess is refused.
    pub new_password: String,
}

impl ChangePassword {
    /// With what is required; the rest can be set one by one.
    pub fn new(current_password: impl Into<String>, new_password: impl Into<String>) -> Self {
        Self {
            current_password: current_password.into(),
            new_password: new_password.into(),
        }
    }
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
        /// `expired`
        Expired = "expired",
        /// `refunded`
        Refunded = "refunded",
        /// `disputed`
        Disputed = "disputed",
        /// `dispute_won`
        DisputeWon = "dispute_won",
        /// `dispute_lost`
        DisputeLost = "dispute_lost",
    }
}

/// The code that was mailed to the new address.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ConfirmEmail {
    /// The code in the mail. Dashes and capitals don't matter.
    pub code: String,
}

impl ConfirmEmail {
    /// With what is required; the rest can be set one by one.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }
}

/// The first code of an authenticator app.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ConfirmTotp {
    /// The six digits that the app shows.
    pub totp_code: String,
}

impl ConfirmTotp {
    /// With what is required; the rest can be set one by one.
    pub fn new(totp_code: impl Into<String>) -> Self {
        Self {
            totp_code: totp_code.into(),
        }
    }
}

/// Something that an owner may agree to, and need not.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Consent {
    /// `marketing`, for news by mail, or another that the operator names.
    pub purpose: String,
    /// The words to show.
    pub text: String,
    /// Of these words.
    pub version: String,
    pub granted: bool,
    /// When it was given or withdrawn last; null: never asked.
    pub changed_at: Option<Timestamp>,
    /// What was said before, newest first; 100 at most.
    pub history: Vec<ConsentChange>,
}

/// A time that the owner agreed, or took it back.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ConsentChange {
    pub granted: bool,
    /// Of the words at that time.
    pub version: String,
    /// The id of the key or session, or `link` for the one in a mail.
    pub given_by: String,
    pub created_at: Timestamp,
}

/// All that an owner may agree to.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Consents {
    pub data: Vec<Consent>,
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

/// What to make together.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateBatch {
    /// What to make, one by one: the bodies of `POST /v1/generations`, each with a `reference` if
    /// you like.
    pub generations: Vec<BatchGeneration>,
    /// Refuse the batch if all of it together could cost more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_cost: Option<Credits>,
    /// An `https` address to which this batch's events are sent, besides your endpoints; signed
    /// with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    /// `generations:read`, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// The types that `webhook_url` is sent; `batch.ended`, if absent. Types of generations are
    /// sent of each that has no `webhook_url` of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_events: Option<Vec<EventType>>,
    /// Your own data about the batch: up to 50 keys with texts of up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
}

impl CreateBatch {
    /// With what is required; the rest can be set one by one.
    pub fn new(generations: impl IntoIterator<Item = BatchGeneration>) -> Self {
        Self {
            generations: generations.into_iter().collect(),
            max_cost: None,
            webhook_url: None,
            webhook_events: None,
            metadata: None,
        }
    }

    /// Refuse the batch if all of it together could cost more than this.
    #[must_use]
    pub fn max_cost(mut self, max_cost: impl Into<Credits>) -> Self {
        self.max_cost = Some(max_cost.into());
        self
    }

    /// An `https` address to which this batch's events are sent, besides your endpoints; signed
    /// with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    /// `generations:read`, too.
    #[must_use]
    pub fn webhook_url(mut self, webhook_url: impl Into<String>) -> Self {
        self.webhook_url = Some(webhook_url.into());
        self
    }

    /// The types that `webhook_url` is sent; `batch.ended`, if absent. Types of generations are
    /// sent of each that has no `webhook_url` of its own.
    #[must_use]
    pub fn webhook_events(mut self, webhook_events: impl IntoIterator<Item = impl Into<EventType>>) -> Self {
        self.webhook_events = Some(webhook_events.into_iter().map(Into::into).collect());
        self
    }

    /// Your own data about the batch: up to 50 keys with texts of up to 500 characters.
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

/// What is to be estimated.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateEstimate {
    /// Bodies as for `POST /v1/generations`.
    pub generations: Vec<CreateGeneration>,
}

impl CreateEstimate {
    /// With what is required; the rest can be set one by one.
    pub fn new(generations: impl IntoIterator<Item = CreateGeneration>) -> Self {
        Self {
            generations: generations.into_iter().collect(),
        }
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
    /// An `https` address to which this generation's events are sent, besides your endpoints;
    /// signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    /// `generations:read`, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// The types that `webhook_url` is sent; how it ended, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_events: Option<Vec<EventType>>,
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
    /// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
    /// are by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate_id: Option<EstimateId>,
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
            webhook_url: None,
            webhook_events: None,
            metadata: None,
            end_user: None,
            saved: None,
            estimate_id: None,
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

    /// An `https` address to which this generation's events are sent, besides your endpoints;
    /// signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    /// `generations:read`, too.
    #[must_use]
    pub fn webhook_url(mut self, webhook_url: impl Into<String>) -> Self {
        self.webhook_url = Some(webhook_url.into());
        self
    }

    /// The types that `webhook_url` is sent; how it ended, if absent.
    #[must_use]
    pub fn webhook_events(mut self, webhook_events: impl IntoIterator<Item = impl Into<EventType>>) -> Self {
        self.webhook_events = Some(webhook_events.into_iter().map(Into::into).collect());
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

    /// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
    /// are by now.
    #[must_use]
    pub fn estimate_id(mut self, estimate_id: impl Into<EstimateId>) -> Self {
        self.estimate_id = Some(estimate_id.into());
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
    /// The only models that the key may ask for, by id or alias. By default those of the key that
    /// makes it, or any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
    /// The only addresses that the key may be used from: IPv4 or IPv6 addresses, or networks such
    /// as `203.0.113.0/24`. By default those of the key that makes it, or any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip_allow: Option<Vec<String>>,
    /// When the key ends by itself. By default it ends with the key that makes it, or never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The most that the key may spend, one cap a period. A key with caps gives them to the keys
    /// that it makes, unless they get lower ones. What keys spend counts for the key that made
    /// them, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<CapLimit>>,
    /// Limits of the key's own, below the server's. By default those of the key that makes it, or
    /// the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<KeyRateLimits>,
}

impl CreateKey {
    /// With what is required; the rest can be set one by one.
    pub fn new(name: impl Into<String>, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
        Self {
            name: name.into(),
            scopes: scopes.into_iter().map(Into::into).collect(),
            livemode: None,
            models: None,
            ip_allow: None,
            expires_at: None,
            caps: None,
            rate: None,
        }
    }

    /// Whether the key reaches paid providers and spends live credits. By default it is like the
    /// key that makes it; a session makes live keys, in a sandbox test keys.
    #[must_use]
    pub fn livemode(mut self, livemode: bool) -> Self {
        self.livemode = Some(livemode);
        self
    }

    /// The only models that the key may ask for, by id or alias. By default those of the key that
    /// makes it, or any.
    #[must_use]
    pub fn models(mut self, models: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.models = Some(models.into_iter().map(Into::into).collect());
        self
    }

    /// The only addresses that the key may be used from: IPv4 or IPv6 addresses, or networks such
    /// as `203.0.113.0/24`. By default those of the key that makes it, or any.
    #[must_use]
    pub fn ip_allow(mut self, ip_allow: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ip_allow = Some(ip_allow.into_iter().map(Into::into).collect());
        self
    }

    /// When the key ends by itself. By default it ends with the key that makes it, or never.
    #[must_use]
    pub fn expires_at(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The most that the key may spend, one cap a period. A key with caps gives them to the keys
    /// that it makes, unless they get lower ones. What keys spend counts for the key that made
    /// them, too.
    #[must_use]
    pub fn caps(mut self, caps: impl IntoIterator<Item = CapLimit>) -> Self {
        self.caps = Some(caps.into_iter().collect());
        self
    }

    /// Limits of the key's own, below the server's. By default those of the key that makes it, or
    /// the server's.
    #[must_use]
    pub fn rate(mut self, rate: KeyRateLimits) -> Self {
        self.rate = Some(rate);
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

/// An endpoint to make.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateWebhookEndpoint {
    /// An `https` address on the public internet.
    pub url: String,
    /// What it is for, in your own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The types of events to send; all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<EventType>>,
}

impl CreateWebhookEndpoint {
    /// With what is required; the rest can be set one by one.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            description: None,
            events: None,
        }
    }

    /// What it is for, in your own words.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The types of events to send; all, if absent.
    #[must_use]
    pub fn events(mut self, events: impl IntoIterator<Item = impl Into<EventType>>) -> Self {
        self.events = Some(events.into_iter().map(Into::into).collect());
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
    /// The secret before, if it was rotated and is still good.
    pub old_secret: Option<OldSecret>,
    /// The ids of the only models that it may ask for; null: any.
    pub models: Option<Vec<String>>,
    /// The only addresses and networks that it may be used from; null: any.
    pub ip_allow: Option<Vec<String>>,
    /// What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
    /// directly or not, hold for it too.
    pub caps: Vec<KeyCap>,
    pub rate: KeyRate,
    /// What its generations cost in all, and those of the keys that it made.
    pub spent: Credits,
    /// Its generations that have not ended, but for those of batches that wait for their turn.
    pub in_flight: i64,
    pub created_at: Timestamp,
    /// The key that made it; null when a signed-in person or the operator did, or when that was not
    /// written down yet.
    pub created_by: Option<KeyId>,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// Exact to a minute or so.
    pub last_used_at: Option<Timestamp>,
}

/// An endpoint with its secret. This is the only time that the secret is shown.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreatedWebhookEndpoint {
    pub id: WebhookEndpointId,
    pub url: String,
    pub description: String,
    /// The types that are sent; empty: all.
    pub events: Vec<EventType>,
    /// Verifies what you receive. Keep it where only your programs can read it.
    pub secret: String,
    /// Until when the secret before this one signs too.
    pub old_secret_until: Option<Timestamp>,
    pub livemode: bool,
    pub created_at: Timestamp,
}

string_type! {
    /// An exact amount of credits, from 0 to 1000000000, as a decimal string with at most six
    /// decimals. Never parse it into a float.
    pub struct Credits;
}

open_enum! {
    /// What was done with rows of a table.
    pub enum DataAction {
        /// `exported`
        Exported = "exported",
        /// `missing`
        Missing = "missing",
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
    /// When it was, or as far as it could be.
    pub fulfilled_at: Timestamp,
    /// `fulfilled` or `partially_fulfilled`.
    pub status: DataRequestStatus,
    /// What was done, table by table.
    pub actions: Vec<ActionTaken>,
    /// What an access request's copy lacks by a fault of ours: the first 100 files.
    pub missing: Vec<MissingFile>,
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
    /// done; then `fulfilled`, or `partially_fulfilled` if our storage has lost files that the copy
    /// should hold. It is `withdrawn` or `expired` if it was never confirmed. More statuses may
    /// come.
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
    /// The files that the archive should hold and does not, by a fault of ours: the first 100 of
    /// them. The archive's `about.json` names all, and `actions` says how many. Ask for another
    /// copy later: some may have been found.
    pub missing: Vec<MissingFile>,
    /// The archive, once an access request is fulfilled, wholly or partially, and until the archive
    /// expires.
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
        /// `partially_fulfilled`
        PartiallyFulfilled = "partially_fulfilled",
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

string_type! {
    /// Begins with `dlv_`.
    pub struct DeliveryId;
}

open_enum! {
    /// Where a delivery stands.
    pub enum DeliveryStatus {
        /// `pending`
        Pending = "pending",
        /// `delivered`
        Delivered = "delivered",
        /// `failed`
        Failed = "failed",
        /// `canceled`
        Canceled = "canceled",
    }
}

/// What happens next. It is the same for every address.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EmailChange {
    /// The address that a mail is on its way to.
    pub email: String,
    /// Until when the code in it can be used.
    pub code_expires_at: Timestamp,
}

/// Which endpoint it is.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EndpointSnapshot {
    pub id: WebhookEndpointId,
    pub url: String,
    /// Why it was disabled: `failing` or `gone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Since when it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// What is told of an endpoint.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EndpointWebhook {
    pub r#type: EventType,
    pub timestamp: Timestamp,
    pub data: EndpointSnapshot,
}

open_enum! {
    /// The stable reason of an error. Decide by it, not by the words of `detail`.
    pub enum ErrorCode {
        /// `invalid_request`
        InvalidRequest = "invalid_request",
        /// `malformed_json`
        MalformedJson = "malformed_json",
        /// `malformed_request`
        MalformedRequest = "malformed_request",
        /// `invalid_cursor`
        InvalidCursor = "invalid_cursor",
        /// `redirect_not_allowed`
        RedirectNotAllowed = "redirect_not_allowed",
        /// `oauth_state_invalid`
        OauthStateInvalid = "oauth_state_invalid",
        /// `unauthenticated`
        Unauthenticated = "unauthenticated",
        /// `totp_required`
        TotpRequired = "totp_required",
        /// `totp_invalid`
        TotpInvalid = "totp_invalid",
        /// `insufficient_credits`
        InsufficientCredits = "insufficient_credits",
        /// `spend_cap_reached`
        SpendCapReached = "spend_cap_reached",
        /// `insufficient_scope`
        InsufficientScope = "insufficient_scope",
        /// `step_up_required`
        StepUpRequired = "step_up_required",
        /// `account_suspended`
        AccountSuspended = "account_suspended",
        /// `fresh_sign_in_required`
        FreshSignInRequired = "fresh_sign_in_required",
        /// `sign_up_incomplete`
        SignUpIncomplete = "sign_up_incomplete",
        /// `account_closed`
        AccountClosed = "account_closed",
        /// `address_not_allowed`
        AddressNotAllowed = "address_not_allowed",
        /// `model_not_allowed`
        ModelNotAllowed = "model_not_allowed",
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
        /// `use_other_method`
        UseOtherMethod = "use_other_method",
        /// `identity_in_use`
        IdentityInUse = "identity_in_use",
        /// `last_sign_in_method`
        LastSignInMethod = "last_sign_in_method",
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
        /// `age_not_confirmed`
        AgeNotConfirmed = "age_not_confirmed",
        /// `below_minimum_age`
        BelowMinimumAge = "below_minimum_age",
        /// `policy_not_accepted`
        PolicyNotAccepted = "policy_not_accepted",
        /// `unknown_model`
        UnknownModel = "unknown_model",
        /// `unknown_offer`
        UnknownOffer = "unknown_offer",
        /// `region_not_allowed`
        RegionNotAllowed = "region_not_allowed",
        /// `content_refused`
        ContentRefused = "content_refused",
        /// `max_cost_exceeded`
        MaxCostExceeded = "max_cost_exceeded",
        /// `estimate_expired`
        EstimateExpired = "estimate_expired",
        /// `idempotency_key_reused`
        IdempotencyKeyReused = "idempotency_key_reused",
        /// `code_invalid`
        CodeInvalid = "code_invalid",
        /// `oauth_code_invalid`
        OauthCodeInvalid = "oauth_code_invalid",
        /// `email_unverified`
        EmailUnverified = "email_unverified",
        /// `rate_limited`
        RateLimited = "rate_limited",
        /// `concurrency_limit_reached`
        ConcurrencyLimitReached = "concurrency_limit_reached",
        /// `headers_too_large`
        HeadersTooLarge = "headers_too_large",
        /// `internal_error`
        InternalError = "internal_error",
        /// `file_lost`
        FileLost = "file_lost",
        /// `unavailable`
        Unavailable = "unavailable",
        /// `outcome_unknown`
        OutcomeUnknown = "outcome_unknown",
    }
}

/// What generations would cost, at prices that hold until `expires_at` for requests with this
/// `estimate_id`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    pub id: EstimateId,
    /// Whether all of them, asked for in this order, would be accepted now.
    pub admissible: bool,
    /// The least that they cost together if all succeed; null beyond the largest amount of credits.
    pub min: Option<Credits>,
    /// The most that they can cost together; null beyond the largest amount of credits.
    pub max: Option<Credits>,
    /// What could be spent when this was estimated.
    pub available: Credits,
    /// In the order of the request.
    pub generations: Vec<EstimatedGeneration>,
    pub livemode: bool,
    pub created_at: Timestamp,
    /// Until then a generation with this `estimate_id` is priced as it is here.
    pub expires_at: Timestamp,
}

string_type! {
    /// Begins with `est_`.
    pub struct EstimateId;
}

/// A line of the price: `quantity` units at `credits`, times the multipliers.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EstimateLine {
    pub unit: PriceUnit,
    /// How many images, seconds, characters or tokens at most.
    pub quantity: u64,
    /// For one unit: one image or second, 1,000 characters or tokens.
    pub credits: Credits,
    pub multipliers: Vec<AppliedMultiplier>,
    pub subtotal: Credits,
}

/// What a generation would cost, and what stands against it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EstimatedGeneration {
    /// As you asked for it: an id or an alias.
    pub model: String,
    /// The id of the model that would run; null if none would.
    pub model_resolved: Option<String>,
    /// The price list that it is estimated by.
    pub price_version: Option<String>,
    /// The least that it costs if it succeeds; whatever fails costs nothing. Null without a price.
    pub min: Option<Credits>,
    /// The most that it can cost: so much is held. Null without a price.
    pub max: Option<Credits>,
    /// How `max` comes about.
    pub lines: Vec<EstimateLine>,
    /// Why it would be refused; empty if it would be accepted.
    pub blockers: Vec<Blocker>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// Also the `webhook-id` of everything that is sent about it.
    pub id: EventId,
    pub r#type: EventType,
    /// The id of what it happened to.
    pub subject: String,
    /// How the subject stood then, as in the webhook of this type, with fresh links; without your
    /// own words once it was erased. Without the scope that reads such a subject, its `id` and
    /// `status` alone.
    pub data: BTreeMap<String, Value>,
    pub livemode: bool,
    pub created_at: Timestamp,
}

string_type! {
    /// Begins with `evt_`.
    pub struct EventId;
}

open_enum! {
    /// What happened.
    pub enum EventType {
        /// `generation.started`
        GenerationStarted = "generation.started",
        /// `generation.succeeded`
        GenerationSucceeded = "generation.succeeded",
        /// `generation.failed`
        GenerationFailed = "generation.failed",
        /// `generation.canceled`
        GenerationCanceled = "generation.canceled",
        /// `generation.expired`
        GenerationExpired = "generation.expired",
        /// `batch.ended`
        BatchEnded = "batch.ended",
        /// `key.cap_reached`
        KeyCapReached = "key.cap_reached",
        /// `key.leaked`
        KeyLeaked = "key.leaked",
        /// `purchase.paid`
        PurchasePaid = "purchase.paid",
        /// `purchase.refunded`
        PurchaseRefunded = "purchase.refunded",
        /// `purchase.disputed`
        PurchaseDisputed = "purchase.disputed",
        /// `purchase.dispute_won`
        PurchaseDisputeWon = "purchase.dispute_won",
        /// `purchase.dispute_lost`
        PurchaseDisputeLost = "purchase.dispute_lost",
        /// `webhook_endpoint.disabled`
        WebhookEndpointDisabled = "webhook_endpoint.disabled",
        /// `webhook_endpoint.test`
        WebhookEndpointTest = "webhook_endpoint.test",
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

open_enum! {
    /// What is wrong with a file.
    pub enum FileFault {
        /// `missing`
        Missing = "missing",
        /// `damaged`
        Damaged = "damaged",
    }
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

/// Whose password is forgotten.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ForgotPassword {
    pub email: String,
}

impl ForgotPassword {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>) -> Self {
        Self { email: email.into() }
    }
}

/// A generation: what was asked, where it stands, what it made and what it cost. A key without the
/// scope `generations:read` is not shown what was asked and made: `input`, `outputs`, `text`,
/// `metadata` and `end_user` are empty or null in its answers.
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
    /// The batch that it is one of.
    pub batch_id: Option<BatchId>,
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

/// Something that happened to a generation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GenerationEvent {
    /// What happened; also the name of the event in the stream.
    pub r#type: GenerationEventType,
    /// When it happened.
    pub at: Timestamp,
    /// The generation as it stands now.
    pub generation: Generation,
}

open_enum! {
    /// What can happen to a generation.
    pub enum GenerationEventType {
        /// `generation.queued`
        GenerationQueued = "generation.queued",
        /// `generation.running`
        GenerationRunning = "generation.running",
        /// `generation.progress`
        GenerationProgress = "generation.progress",
        /// `generation.succeeded`
        GenerationSucceeded = "generation.succeeded",
        /// `generation.failed`
        GenerationFailed = "generation.failed",
        /// `generation.canceled`
        GenerationCanceled = "generation.canceled",
        /// `generation.expired`
        GenerationExpired = "generation.expired",
    }
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

/// How a generation stood when it happened, without what it was asked.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GenerationSnapshot {
    pub id: GenerationId,
    pub kind: GenerationKind,
    pub status: GenerationStatus,
    /// The model that ran.
    pub model: String,
    pub batch_id: Option<BatchId>,
    pub error: Option<SnapshotError>,
    /// What was charged.
    pub captured: Credits,
    /// Your own data; null where it is too long to be sent.
    pub metadata: Option<BTreeMap<String, String>>,
    pub end_user: Option<String>,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// What it made, once it succeeded, with fresh links. Null where it is too long to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<SnapshotOutput>>,
    /// Present where something was left out: ask for the generation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
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

/// What is told of a generation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GenerationWebhook {
    pub r#type: EventType,
    /// When it happened.
    pub timestamp: Timestamp,
    pub data: GenerationSnapshot,
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

/// All that are linked to the account, one a provider at most.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Identities {
    pub data: Vec<Identity>,
}

/// Who you are at a provider that you sign in with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Identity {
    pub id: IdentityId,
    /// The provider's name.
    pub provider: String,
    /// The address that the provider vouched for at the last sign-in.
    pub email: Option<String>,
    /// Null unless this service keeps names.
    pub name: Option<String>,
    /// Null unless this service keeps pictures.
    pub avatar_url: Option<String>,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

string_type! {
    /// Begins with `idn_`.
    pub struct IdentityId;
}

/// A cap and how it stands. A request that could exceed `limit`, on top of `used` and `reserved`,
/// is refused with `spend_cap_reached`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyCap {
    pub period: CapPeriod,
    pub limit: Credits,
    /// What generations cost that were admitted in this period.
    pub used: Credits,
    /// Set aside for those of them that have not ended.
    pub reserved: Credits,
    /// When the next period begins; null: never.
    pub resets_at: Option<Timestamp>,
}

/// How much of a cap is used.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyCapSnapshot {
    pub key_id: KeyId,
    pub period: CapPeriod,
    /// 50, 80 or 100.
    pub percent: i32,
    pub limit: Credits,
    /// What was charged.
    pub used: Credits,
    /// What is set aside.
    pub reserved: Credits,
    pub resets_at: Option<Timestamp>,
}

/// What is told of a key's cap.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyCapWebhook {
    pub r#type: EventType,
    pub timestamp: Timestamp,
    pub data: KeyCapSnapshot,
}

string_type! {
    /// Begins with `key_`.
    pub struct KeyId;
}

/// Which key was revoked, and why.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyLeakedSnapshot {
    pub key_id: KeyId,
    /// The last four characters of the secret that was found.
    pub last_four: String,
    /// Where it was found, if that was told.
    pub url: Option<String>,
    /// How many keys were revoked with it, since it made them, directly or not.
    pub descendants_revoked: u64,
}

/// What is told of a leaked key.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyLeakedWebhook {
    pub r#type: EventType,
    pub timestamp: Timestamp,
    pub data: KeyLeakedSnapshot,
}

/// Limits of a key's own, below the server's.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyRate {
    /// Requests a minute; null: the server's limit.
    pub requests_per_minute: Option<u32>,
    /// Generations that have not ended; null: the server's limit.
    pub concurrent_generations: Option<u32>,
}

/// Limits of a key's own; absent: the server's.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyRateLimits {
    /// Requests a minute, counted in each process of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_minute: Option<u32>,
    /// Generations that have not ended. Those of a batch wait until there is room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concurrent_generations: Option<u32>,
}

impl KeyRateLimits {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests a minute, counted in each process of the server.
    #[must_use]
    pub fn requests_per_minute(mut self, requests_per_minute: u32) -> Self {
        self.requests_per_minute = Some(requests_per_minute);
        self
    }

    /// Generations that have not ended. Those of a batch wait until there is room.
    #[must_use]
    pub fn concurrent_generations(mut self, concurrent_generations: u32) -> Self {
        self.concurrent_generations = Some(concurrent_generations);
        self
    }
}

/// What became of a revoked key and of the keys that it made, directly or not.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct KeyRevocation {
    pub id: KeyId,
    pub revoked_at: Timestamp,
    /// How many of the keys that it made were revoked just now.
    pub descendants_revoked: u64,
    /// How many of the keys that it made are still good.
    pub descendants_active: u64,
}

/// A secret that was found.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LeakedSecret {
    /// The whole secret, as it was found: `tt_live_…` or `tt_test_…`.
    pub secret: String,
    /// Where it was found. The key's owner is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl LeakedSecret {
    /// With what is required; the rest can be set one by one.
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            url: None,
        }
    }

    /// Where it was found. The key's owner is told.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }
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
    /// Of the one hold for all generations of a batch.
    pub batch_id: Option<BatchId>,
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

/// Where linking begins.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LinkBegun {
    /// Send the browser here.
    pub url: String,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
}

/// Who wants to sign in.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Login {
    pub email: String,
    pub password: String,
    /// The six digits of the authenticator app, where the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_code: Option<String>,
    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_code: Option<String>,
}

impl Login {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: password.into(),
            totp_code: None,
            recovery_code: None,
        }
    }

    /// The six digits of the authenticator app, where the account has one.
    #[must_use]
    pub fn totp_code(mut self, totp_code: impl Into<String>) -> Self {
        self.totp_code = Some(totp_code.into());
        self
    }

    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[must_use]
    pub fn recovery_code(mut self, recovery_code: impl Into<String>) -> Self {
        self.recovery_code = Some(recovery_code.into());
        self
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

/// A file that the copy should hold and that our storage lost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct MissingFile {
    pub file_id: FileId,
    pub generation_id: Option<GenerationId>,
    pub fault: FileFault,
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
    /// Whether what it makes can be followed while it is made.
    pub streams: bool,
    /// Half of the last runs here took no longer, in seconds; null before the first one.
    pub p50_seconds: Option<f64>,
    /// Of twenty runs here, nineteen took no longer, in seconds; null before the first one.
    pub p95_seconds: Option<f64>,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// When its end was announced. Calls to it carry `Deprecation` and `Sunset` headers.
    pub deprecated_at: Option<Timestamp>,
    /// When it ends. A call after that is run by `replaced_by` if the operator decided so, else
    /// answered with 410 `model_gone`.
    pub shutdown_at: Option<Timestamp>,
    /// The id of the model that takes its place.
    pub replaced_by: Option<String>,
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

/// All models on offer.
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

/// A provider that people can sign in with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OauthProvider {
    /// What to call it in requests.
    pub name: String,
    /// What to write on the button.
    pub display_name: String,
    /// Send the browser here, with `redirect_uri`, `code_challenge` and, if you like, `state` in
    /// the query.
    pub start_url: String,
}

/// All providers that people can sign in with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OauthProviders {
    pub data: Vec<OauthProvider>,
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

/// The secret before a rotation, while it is still good.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OldSecret {
    pub last_four: String,
    pub expires_at: Timestamp,
}

/// A session as its owner sees it, without tokens.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OpenSession {
    pub id: SessionId,
    /// As far as it tells what it is: `Firefox on Linux`. Empty when unknown.
    pub device: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When somebody signed in.
    pub created_at: Timestamp,
    /// When its tokens were last exchanged for new ones.
    pub last_used_at: Timestamp,
    /// When it ends, unless it is refreshed before.
    pub expires_at: Timestamp,
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
    /// The same as a page.
    pub html: String,
    pub created_at: Timestamp,
    /// Null while it waits to be sent.
    pub sent_at: Option<Timestamp>,
    /// When it was given up; null otherwise.
    pub failed_at: Option<Timestamp>,
    /// Why it was given up: what the mail server answered, `suppressed` or `too old`.
    pub failure: Option<String>,
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

/// What happens next. It is the same for every address.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PasswordForgotten {
    /// The address that a mail is on its way to, if it has an account.
    pub email: String,
    /// Until when the code in it can be used.
    pub code_expires_at: Timestamp,
}

/// The policy and terms that people accept.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PolicyRequirement {
    /// Send it as `accepted_policy` once the person accepted it.
    pub version: String,
    /// Where people read it.
    pub url: String,
    /// When it takes effect; null: at once.
    pub effective_at: Option<Timestamp>,
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
    /// Where else it may be processed when that is out of order. `regions` on a generation rules
    /// out what it does not name.
    pub fallback_countries: Vec<String>,
    /// What makes the transfer there lawful.
    pub mechanism: String,
}

/// A proof that it is you: one of the three.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Proof {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The six digits that your authenticator app shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_code: Option<String>,
    /// One of your recovery codes, which is used up by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_code: Option<String>,
}

impl Proof {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// The six digits that your authenticator app shows.
    #[must_use]
    pub fn totp_code(mut self, totp_code: impl Into<String>) -> Self {
        self.totp_code = Some(totp_code.into());
        self
    }

    /// One of your recovery codes, which is used up by it.
    #[must_use]
    pub fn recovery_code(mut self, recovery_code: impl Into<String>) -> Self {
        self.recovery_code = Some(recovery_code.into());
        self
    }
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
    /// back: it is `paid` again, credits included, when the dispute is won, and `charged_back` for
    /// good when it is lost. `expired` when nobody began to pay within a day, or the money did not
    /// come within thirty; money that comes all the same still counts.
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
    /// When the money went back to the buyer, by a refund or a lost dispute.
    pub refunded_at: Option<Timestamp>,
    /// How much of the price goes back to the buyer, or went; null while all of it stays.
    pub refund: Option<Money>,
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
    /// When the money went back, by a refund or a lost dispute; null if it did not.
    pub refunded_at: Option<Timestamp>,
    /// How much of the price went back by then.
    pub refund: Option<Money>,
}

/// How a purchase stood when it happened.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PurchaseSnapshot {
    pub id: PurchaseId,
    pub status: PurchaseStatus,
    pub offer: String,
    pub price: Money,
    pub credits: Credits,
    pub created_at: Timestamp,
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
        /// `expired`
        Expired = "expired",
        /// `refunding`
        Refunding = "refunding",
        /// `refunded`
        Refunded = "refunded",
        /// `disputed`
        Disputed = "disputed",
        /// `charged_back`
        ChargedBack = "charged_back",
    }
}

/// What is told of a purchase.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PurchaseWebhook {
    pub r#type: EventType,
    pub timestamp: Timestamp,
    pub data: PurchaseSnapshot,
}

/// Whose account is to be opened again.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Reactivate {
    pub email: String,
    pub password: String,
    /// The six digits of the authenticator app, where the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_code: Option<String>,
    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_code: Option<String>,
}

impl Reactivate {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: password.into(),
            totp_code: None,
            recovery_code: None,
        }
    }

    /// The six digits of the authenticator app, where the account has one.
    #[must_use]
    pub fn totp_code(mut self, totp_code: impl Into<String>) -> Self {
        self.totp_code = Some(totp_code.into());
        self
    }

    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[must_use]
    pub fn recovery_code(mut self, recovery_code: impl Into<String>) -> Self {
        self.recovery_code = Some(recovery_code.into());
        self
    }
}

/// Codes for whoever lost their authenticator app. They are shown once: print them, or keep them in
/// a safe place.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RecoveryCodes {
    /// Ten codes, each for one use.
    pub recovery_codes: Vec<String>,
}

/// The code that came back to your app, and the secret behind the challenge.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RedeemCode {
    /// The `code` in the address that the browser came back to.
    pub code: String,
    /// What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636).
    pub code_verifier: String,
}

impl RedeemCode {
    /// With what is required; the rest can be set one by one.
    pub fn new(code: impl Into<String>, code_verifier: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            code_verifier: code_verifier.into(),
        }
    }
}

/// What is exchanged.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Refresh {
    /// The `refresh_token` of the last answer.
    pub refresh_token: String,
}

impl Refresh {
    /// With what is required; the rest can be set one by one.
    pub fn new(refresh_token: impl Into<String>) -> Self {
        Self {
            refresh_token: refresh_token.into(),
        }
    }
}

/// Who wants to sign up.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Register {
    /// A mail address that you can read.
    pub email: String,
    /// 8 to 128 characters, of any kind. What everyone would guess is refused.
    pub password: String,
    /// The day of birth, if `auth.requirements` asks for it. Looked at, and not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// "I am at least so old", if `auth.requirements` asks for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_age: Option<u8>,
    /// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The version of the policy that the person accepts, if `auth.requirements` names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_policy: Option<String>,
}

impl Register {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: password.into(),
            birth_date: None,
            confirmed_age: None,
            country: None,
            accepted_policy: None,
        }
    }

    /// The day of birth, if `auth.requirements` asks for it. Looked at, and not kept.
    #[must_use]
    pub fn birth_date(mut self, birth_date: impl Into<String>) -> Self {
        self.birth_date = Some(birth_date.into());
        self
    }

    /// "I am at least so old", if `auth.requirements` asks for that.
    #[must_use]
    pub fn confirmed_age(mut self, confirmed_age: u8) -> Self {
        self.confirmed_age = Some(confirmed_age);
        self
    }

    /// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
    #[must_use]
    pub fn country(mut self, country: impl Into<String>) -> Self {
        self.country = Some(country.into());
        self
    }

    /// The version of the policy that the person accepts, if `auth.requirements` names one.
    #[must_use]
    pub fn accepted_policy(mut self, accepted_policy: impl Into<String>) -> Self {
        self.accepted_policy = Some(accepted_policy.into());
        self
    }
}

/// What happens next. It is the same for every address.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Registration {
    /// The address that a mail is on its way to.
    pub email: String,
    /// This attempt, sealed. Keep it where the person signs up, and send it to `auth.verify_email`
    /// with the mailed code: it says whose password and agreement the code confirms.
    pub registration: String,
    /// Until when the attempt and the code in the mail can be used.
    pub code_expires_at: Timestamp,
}

/// What to send again: one event, or all of a range.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ReplayWebhooks {
    /// One event, whether the endpoint wanted it or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// Or all events that the endpoint wants from this time on,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Timestamp>,
    /// until before this time; until now, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Timestamp>,
}

impl ReplayWebhooks {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One event, whether the endpoint wanted it or not.
    #[must_use]
    pub fn event_id(mut self, event_id: impl Into<EventId>) -> Self {
        self.event_id = Some(event_id.into());
        self
    }

    /// Or all events that the endpoint wants from this time on,
    #[must_use]
    pub fn after(mut self, after: Timestamp) -> Self {
        self.after = Some(after);
        self
    }

    /// until before this time; until now, if absent.
    #[must_use]
    pub fn before(mut self, before: Timestamp) -> Self {
        self.before = Some(before);
        self
    }
}

/// Secrets that were found where others can read them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ReportLeaks {
    pub leaks: Vec<LeakedSecret>,
}

impl ReportLeaks {
    /// With what is required; the rest can be set one by one.
    pub fn new(leaks: impl IntoIterator<Item = LeakedSecret>) -> Self {
        Self {
            leaks: leaks.into_iter().collect(),
        }
    }
}

/// What to ask whoever signs up.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Requirements {
    /// Null: nobody is asked for their age.
    pub age: Option<AgeRequirement>,
    /// Null: there is nothing to accept.
    pub policy: Option<PolicyRequirement>,
}

/// The mailed code, and the password from now on.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ResetPassword {
    pub email: String,
    /// The code in the mail. Dashes and capitals don't matter.
    pub code: String,
    /// 8 to 128 characters, of any kind. What everyone would guess is refused.
    pub password: String,
}

impl ResetPassword {
    /// With what is required; the rest can be set one by one.
    pub fn new(email: impl Into<String>, code: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            code: code.into(),
            password: password.into(),
        }
    }
}

/// How a secret is replaced.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RotateKey {
    /// For how long the old secret is good besides the new one: up to 7 days. 0 ends it at once. If
    /// it leaked and the key has the scope `keys:write`, report it instead: whoever found it may
    /// have made keys of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_seconds: Option<u32>,
}

impl RotateKey {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// For how long the old secret is good besides the new one: up to 7 days. 0 ends it at once. If
    /// it leaked and the key has the scope `keys:write`, report it instead: whoever found it may
    /// have made keys of their own.
    #[must_use]
    pub fn grace_seconds(mut self, grace_seconds: u32) -> Self {
        self.grace_seconds = Some(grace_seconds);
        self
    }
}

/// How a secret is replaced.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RotateWebhookSecret {
    /// For how long the old secret signs too: up to 7 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_seconds: Option<u32>,
}

impl RotateWebhookSecret {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// For how long the old secret signs too: up to 7 days.
    #[must_use]
    pub fn grace_seconds(mut self, grace_seconds: u32) -> Self {
        self.grace_seconds = Some(grace_seconds);
        self
    }
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
    /// Seconds until the access token ends.
    pub expires_in: u64,
    /// For new tokens, by `auth.refresh`: once, before the session ends. Keep it as you would a
    /// password.
    pub refresh_token: String,
    /// When the session ends, unless it is refreshed before.
    pub session_expires_at: Timestamp,
    pub session_id: SessionId,
    pub account_id: AccountId,
    /// What the person still has to answer, by `account.agree`, before the account may do anything.
    /// Mostly empty.
    pub pending: Vec<SignUpRequirement>,
}

string_type! {
    /// Begins with `ses_`.
    pub struct SessionId;
}

/// Yes or no.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SetConsent {
    pub granted: bool,
}

impl SetConsent {
    /// With what is required; the rest can be set one by one.
    pub fn new(granted: bool) -> Self {
        Self { granted }
    }
}

/// The code of a sign-in, with the second factor where the account has one.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SignIn {
    /// The `code` in the address that the browser came back to.
    pub code: String,
    /// What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636).
    pub code_verifier: String,
    /// The six digits of the authenticator app, where the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_code: Option<String>,
    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_code: Option<String>,
}

impl SignIn {
    /// With what is required; the rest can be set one by one.
    pub fn new(code: impl Into<String>, code_verifier: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            code_verifier: code_verifier.into(),
            totp_code: None,
            recovery_code: None,
        }
    }

    /// The six digits of the authenticator app, where the account has one.
    #[must_use]
    pub fn totp_code(mut self, totp_code: impl Into<String>) -> Self {
        self.totp_code = Some(totp_code.into());
        self
    }

    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[must_use]
    pub fn recovery_code(mut self, recovery_code: impl Into<String>) -> Self {
        self.recovery_code = Some(recovery_code.into());
        self
    }
}

open_enum! {
    /// What is missing to complete a sign-up.
    pub enum SignUpRequirement {
        /// `age`
        Age = "age",
        /// `policy`
        Policy = "policy",
    }
}

/// Why a generation came to nothing.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SnapshotError {
    pub code: String,
    pub message: Option<String>,
}

/// A file that a generation made.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SnapshotOutput {
    pub file_id: FileId,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub seconds: Option<f64>,
    /// Opens the file without a key until `expires_at`.
    pub url: String,
    pub expires_at: Timestamp,
}

/// What a session may do now.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SteppedUp {
    /// Until when the session may change the ways into the account.
    pub fresh_until: Timestamp,
}

open_enum! {
    /// How an access token is sent.
    pub enum TokenType {
        /// `Bearer`
        Bearer = "Bearer",
    }
}

/// Whether sign-ins ask for a code besides.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Totp {
    /// Whether every sign-in asks for a code of the authenticator app.
    pub enabled: bool,
    /// Since when.
    pub enabled_at: Option<Timestamp>,
    /// How many recovery codes can still be used: ten at first.
    pub recovery_codes_left: u64,
}

/// What an authenticator app is to be told. Nobody can show it again.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TotpBegun {
    /// For typing: base32, 160 bits. Codes are those of RFC 6238 with SHA-1, six digits and 30
    /// seconds.
    pub secret: String,
    /// The same for a QR code.
    pub otpauth_uri: String,
    /// Until when the first code must be confirmed.
    pub expires_at: Timestamp,
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UpdateAccount {
    /// An empty text takes it away. Refused where the service keeps no names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Of mails: `en`, `de`, or another that the service writes. An empty text: the service's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl UpdateAccount {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty text takes it away. Refused where the service keeps no names.
    #[must_use]
    pub fn display_name(mut self, display_name: impl Into<String>) -> Self {
        self.display_name = Some(display_name.into());
        self
    }

    /// Of mails: `en`, `de`, or another that the service writes. An empty text: the service's own.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UpdateKey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// All scopes that the key shall have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Scope>>,
    /// The only models that the key may ask for; null: any.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "nullable"
    )]
    pub models: Option<Option<Vec<String>>>,
    /// The only addresses and networks that the key may be used from; null: any.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "nullable"
    )]
    pub ip_allow: Option<Option<Vec<String>>>,
    /// When the key ends by itself; null: never.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "nullable"
    )]
    pub expires_at: Option<Option<Timestamp>>,
    /// All caps that the key shall have; an empty list takes them away. What it and the keys that
    /// it made spent before counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<CapLimit>>,
    /// Limits of the key's own, both anew; null: the server's.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "nullable"
    )]
    pub rate: Option<Option<KeyRateLimits>>,
}

impl UpdateKey {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// All scopes that the key shall have.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The only models that the key may ask for; null: any.
    #[must_use]
    pub fn models(mut self, models: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.models = Some(Some(models.into_iter().map(Into::into).collect()));
        self
    }

    /// Sends `models` as null.
    #[must_use]
    pub fn clear_models(mut self) -> Self {
        self.models = Some(None);
        self
    }

    /// The only addresses and networks that the key may be used from; null: any.
    #[must_use]
    pub fn ip_allow(mut self, ip_allow: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ip_allow = Some(Some(ip_allow.into_iter().map(Into::into).collect()));
        self
    }

    /// Sends `ip_allow` as null.
    #[must_use]
    pub fn clear_ip_allow(mut self) -> Self {
        self.ip_allow = Some(None);
        self
    }

    /// When the key ends by itself; null: never.
    #[must_use]
    pub fn expires_at(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(Some(expires_at));
        self
    }

    /// Sends `expires_at` as null.
    #[must_use]
    pub fn clear_expires_at(mut self) -> Self {
        self.expires_at = Some(None);
        self
    }

    /// All caps that the key shall have; an empty list takes them away. What it and the keys that
    /// it made spent before counts.
    #[must_use]
    pub fn caps(mut self, caps: impl IntoIterator<Item = CapLimit>) -> Self {
        self.caps = Some(caps.into_iter().collect());
        self
    }

    /// Limits of the key's own, both anew; null: the server's.
    #[must_use]
    pub fn rate(mut self, rate: KeyRateLimits) -> Self {
        self.rate = Some(Some(rate));
        self
    }

    /// Sends `rate` as null.
    #[must_use]
    pub fn clear_rate(mut self) -> Self {
        self.rate = Some(None);
        self
    }
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UpdateWebhookEndpoint {
    /// An `https` address on the public internet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The types of events to send; none: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<EventType>>,
    /// `false` stops sending; `true` begins again, with what still waits and what happens from then
    /// on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

impl UpdateWebhookEndpoint {
    /// Empty; everything can be set one by one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An `https` address on the public internet.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The types of events to send; none: all.
    #[must_use]
    pub fn events(mut self, events: impl IntoIterator<Item = impl Into<EventType>>) -> Self {
        self.events = Some(events.into_iter().map(Into::into).collect());
        self
    }

    /// `false` stops sending; `true` begins again, with what still waits and what happens from then
    /// on.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }
}

/// What was made, and what it cost: of all generations that ended in the days asked for, or of one
/// group of them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// The day in UTC, as in `2026-11-21`; null unless you group by `day`.
    pub day: Option<String>,
    /// Null unless you group by `key`, and for what a signed-in person asked for.
    pub key_id: Option<KeyId>,
    /// The model that ran; null unless you group by `model`.
    pub model: Option<String>,
    /// Null unless you group by `end_user`, and for generations that named none or were deleted.
    pub end_user: Option<String>,
    /// Generations that ended: the sum of the four that follow.
    pub generations: i64,
    pub succeeded: i64,
    pub failed: i64,
    pub canceled: i64,
    pub expired: i64,
    pub images: i64,
    /// Of video.
    pub seconds: i64,
    /// That were spoken.
    pub characters: i64,
    /// That text models read and wrote.
    pub tokens: i64,
    /// What was charged.
    pub credits: Credits,
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
    /// The code in the mail. Dashes and capitals don't matter.
    pub code: String,
}

impl VerifyDataRequest {
    /// With what is required; the rest can be set one by one.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }
}

/// The attempt, and the mailed code.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct VerifyEmail {
    /// What `auth.register` answered.
    pub registration: String,
    /// The code in the mail. Dashes and capitals don't matter.
    pub code: String,
}

impl VerifyEmail {
    /// With what is required; the rest can be set one by one.
    pub fn new(registration: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            registration: registration.into(),
            code: code.into(),
        }
    }
}

/// One event on its way to one address, and what became of it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct WebhookDelivery {
    pub id: DeliveryId,
    /// The endpoint that it goes to; null when it goes to the `webhook_url` of a request.
    pub endpoint_id: Option<WebhookEndpointId>,
    /// The `webhook_url` that it goes to; null when it goes to an endpoint, and once its subject
    /// was erased.
    pub url: Option<String>,
    /// Also the `webhook-id` that was sent.
    pub event_id: EventId,
    pub r#type: EventType,
    /// The id of what the event happened to: a generation, batch, key, purchase or endpoint.
    pub subject: String,
    pub status: DeliveryStatus,
    /// How often it was sent.
    pub attempts: i32,
    /// Null once it was delivered or given up.
    pub next_attempt_at: Option<Timestamp>,
    pub last_attempt_at: Option<Timestamp>,
    /// What your server answered last.
    pub status_code: Option<i32>,
    /// Why there was no answer, or why it was not sent.
    pub error: Option<String>,
    /// The beginning of what your server answered last; null without the scope that reads what the
    /// event is about.
    pub response_excerpt: Option<String>,
    /// How long the last attempt took.
    pub milliseconds: Option<i64>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// An address of yours to which events are sent.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct WebhookEndpoint {
    pub id: WebhookEndpointId,
    pub url: String,
    pub description: String,
    /// The types that are sent; empty: all.
    pub events: Vec<EventType>,
    /// Whether it is sent anything.
    pub enabled: bool,
    /// Why we disabled it: `failing`, after five days of nothing but failures, or `gone`, after it
    /// answered 410.
    pub disabled_reason: Option<String>,
    /// Since when every attempt failed; null when the last one arrived.
    pub failing_since: Option<Timestamp>,
    /// Until when the secret before the present one signs too.
    pub old_secret_until: Option<Timestamp>,
    pub livemode: bool,
    pub created_at: Timestamp,
}

string_type! {
    /// Begins with `whe_`.
    pub struct WebhookEndpointId;
}

/// What was asked to be sent again.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct WebhookReplay {
    pub endpoint_id: WebhookEndpointId,
    /// The one event, if it is one.
    pub event_id: Option<EventId>,
    pub after: Option<Timestamp>,
    pub before: Option<Timestamp>,
}

/// The secret that signs what is sent to the `webhook_url` of a request.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct WebhookSecret {
    /// Verifies what you receive. Keep it where only your programs can read it.
    pub secret: String,
    /// Until when the secret before this one signs too; null if there was none.
    pub old_secret_until: Option<Timestamp>,
}

/// What is there, null included, is `Some`.
fn nullable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
